/** CSV files as people send them: recognised, checked, staged by COPY, their bad rows given back. */
@NullMarked
package mx.refahub.batch.csv;

import org.jspecify.annotations.NullMarked;
