/** The job opening-stock. */
@NullMarked
package mx.refahub.batch.stock;

import org.jspecify.annotations.NullMarked;
