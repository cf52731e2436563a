/** Customers, what they may owe, and what they owe. */
@NullMarked
package mx.refahub.domain.customer;

import org.jspecify.annotations.NullMarked;
