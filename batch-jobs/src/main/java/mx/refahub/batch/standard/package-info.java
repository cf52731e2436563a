/** Catalogues in the Auto Care Association's formats, ACES and PIES: their XML becomes the files that every import takes. */
@NullMarked
package mx.refahub.batch.standard;

import org.jspecify.annotations.NullMarked;
