/** A file on its way in, as CSV or as a workbook: what it is, its rows checked one by one, and COPY into staging. */
@NullMarked
package mx.refahub.batch.intake;

import org.jspecify.annotations.NullMarked;
