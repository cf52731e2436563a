/** The job catalogue-import. */
@NullMarked
package mx.refahub.batch.catalogue;

import org.jspecify.annotations.NullMarked;
