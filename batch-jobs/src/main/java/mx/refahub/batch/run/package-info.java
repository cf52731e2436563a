/** Runs as an administrator sees them, over Spring Batch's own tables. */
@NullMarked
package mx.refahub.batch.run;

import org.jspecify.annotations.NullMarked;
