/** Aplazo as a lender, and a simulator of it. */
@NullMarked
package mx.refahub.adapters.aplazo;

import org.jspecify.annotations.NullMarked;
