/** Parts that a counter made because the catalogue lacked them, and what the hub makes of each. */
@NullMarked
package mx.refahub.domain.proposal;

import org.jspecify.annotations.NullMarked;
