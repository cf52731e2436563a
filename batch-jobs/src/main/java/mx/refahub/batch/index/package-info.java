/** The job index-build, and the step that keeps the index up to date after an import. */
@NullMarked
package mx.refahub.batch.index;

import org.jspecify.annotations.NullMarked;
