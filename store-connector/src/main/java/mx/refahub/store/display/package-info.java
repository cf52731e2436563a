/** The customer's two lines. */
@NullMarked
package mx.refahub.store.display;

import org.jspecify.annotations.NullMarked;
