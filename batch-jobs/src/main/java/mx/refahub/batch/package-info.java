/** Jobs of the hub behind {@link mx.refahub.domain.job.Jobs}. The door is {@link mx.refahub.batch.BatchJobs}. */
@NullMarked
package mx.refahub.batch;

import org.jspecify.annotations.NullMarked;
