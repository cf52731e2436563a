/** What a foreign currency is worth in pesos, day by day. */
@NullMarked
package mx.refahub.domain.rate;

import org.jspecify.annotations.NullMarked;
