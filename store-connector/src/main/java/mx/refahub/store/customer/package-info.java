/** Customers at the counter, what they owe, and what they pay on it. */
@NullMarked
package mx.refahub.store.customer;

import org.jspecify.annotations.NullMarked;
