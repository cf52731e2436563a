/** The child process with the relay and its broker: both ends of its pipe. */
@NullMarked
package mx.refahub.store.relay;

import org.jspecify.annotations.NullMarked;
