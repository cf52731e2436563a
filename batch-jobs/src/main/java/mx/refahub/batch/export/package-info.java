/** The job catalogue-export: the catalogue as the files that the import takes. */
@NullMarked
package mx.refahub.batch.export;

import org.jspecify.annotations.NullMarked;
