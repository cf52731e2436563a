/** The company's rates of the dollar and its rounding of cash. */
@NullMarked
package mx.refahub.hub.rate;

import org.jspecify.annotations.NullMarked;
