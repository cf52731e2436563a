/** Sealed copies of everything that a hub keeps, and the proof that they can be put back. */
@NullMarked
package mx.refahub.batch.backup;

import org.jspecify.annotations.NullMarked;
