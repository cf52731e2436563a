/** Runs of jobs as a person sees them, over Spring Batch. */
@NullMarked
package mx.refahub.batch.run;

import org.jspecify.annotations.NullMarked;
