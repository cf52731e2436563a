/** Cash sessions of a register. */
@NullMarked
package mx.refahub.domain.cash;

import org.jspecify.annotations.NullMarked;
