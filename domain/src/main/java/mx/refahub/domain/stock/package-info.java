/** The movements whose sum is the stock on hand. */
@NullMarked
package mx.refahub.domain.stock;

import org.jspecify.annotations.NullMarked;
