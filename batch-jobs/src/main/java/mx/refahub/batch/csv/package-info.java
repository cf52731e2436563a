/** A CSV file on its way in: what it is, its rows checked one by one, and COPY into staging. */
@NullMarked
package mx.refahub.batch.csv;

import org.jspecify.annotations.NullMarked;
