/** Stores that are nothing but their wire: registered, with a key, writing documents and sending frames. For faults and benches that need many, or one that misbehaves. */
@NullMarked
package mx.refahub.system.paper;

import org.jspecify.annotations.NullMarked;
