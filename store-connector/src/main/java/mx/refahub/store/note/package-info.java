/** Notes of the counter in sales.db: issued, collected, handed over. */
@NullMarked
package mx.refahub.store.note;

import org.jspecify.annotations.NullMarked;
