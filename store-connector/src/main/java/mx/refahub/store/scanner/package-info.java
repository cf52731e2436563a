/** Scanners on a wire of their own; those that type as a keyboard are the browser's. */
@NullMarked
package mx.refahub.store.scanner;

import org.jspecify.annotations.NullMarked;
