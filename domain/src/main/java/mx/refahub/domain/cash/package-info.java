/** Cash sessions of a register: drawer, journal, count, X and Z. */
@NullMarked
package mx.refahub.domain.cash;

import org.jspecify.annotations.NullMarked;
