/** Money as an integer of minor units, and the one rounding rule. */
@NullMarked
package mx.refahub.domain.money;

import org.jspecify.annotations.NullMarked;
