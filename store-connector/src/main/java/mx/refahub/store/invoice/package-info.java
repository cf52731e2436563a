/** Wishes for invoices, taken at the counter. */
@NullMarked
package mx.refahub.store.invoice;

import org.jspecify.annotations.NullMarked;
