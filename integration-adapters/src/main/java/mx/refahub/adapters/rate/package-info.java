/** Where rates of the dollar come from. */
@NullMarked
package mx.refahub.adapters.rate;

import org.jspecify.annotations.NullMarked;
