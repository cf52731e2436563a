/** Bytes to and from a device, whatever the cable: socket, serial port, print queue, device node. */
@NullMarked
package mx.refahub.store.wire;

import org.jspecify.annotations.NullMarked;
