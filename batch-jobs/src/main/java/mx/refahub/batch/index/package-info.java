/** The job index-build, and what brings the index up to date after an import. */
@NullMarked
package mx.refahub.batch.index;

import org.jspecify.annotations.NullMarked;
