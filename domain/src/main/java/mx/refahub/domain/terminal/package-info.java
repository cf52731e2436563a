/** Charging cards with a terminal beside the till. */
@NullMarked
package mx.refahub.domain.terminal;

import org.jspecify.annotations.NullMarked;
