/** What salespeople earn of what they sell. */
@NullMarked
package mx.refahub.domain.commission;

import org.jspecify.annotations.NullMarked;
