/** The price book at the hub: written by the console, read by the stores' stream and by who checks what was charged. */
@NullMarked
package mx.refahub.hub.price;

import org.jspecify.annotations.NullMarked;
