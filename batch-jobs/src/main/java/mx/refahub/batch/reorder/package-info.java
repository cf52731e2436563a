/** What should be ordered, and what does not move. */
@NullMarked
package mx.refahub.batch.reorder;

import org.jspecify.annotations.NullMarked;
