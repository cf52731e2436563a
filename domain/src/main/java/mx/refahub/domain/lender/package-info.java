/** Paying through a lender: the customer buys now and pays the lender later; the lender pays us. */
@NullMarked
package mx.refahub.domain.lender;

import org.jspecify.annotations.NullMarked;
