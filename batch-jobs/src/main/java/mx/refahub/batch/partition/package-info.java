/** A step whose file is cut into slices that several processes stage. See docs/adr/0014 and docs/jobs.md. */
@NullMarked
package mx.refahub.batch.partition;

import org.jspecify.annotations.NullMarked;
