/** Store credit: money of a customer that the company owes, on a slip that proves itself. */
@NullMarked
package mx.refahub.domain.credit;

import org.jspecify.annotations.NullMarked;
