/** Copies of the databases, what to do when one is damaged, and how the store comes back from a copy. */
@NullMarked
package mx.refahub.store.backup;

import org.jspecify.annotations.NullMarked;
