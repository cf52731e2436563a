/** Asking a lender to pay, through the hub. */
@NullMarked
package mx.refahub.store.lender;

import org.jspecify.annotations.NullMarked;
