/** What goes to suppliers and comes from them: orders as paper, invoices as CFDI. */
@NullMarked
package mx.refahub.adapters.supplier;

import org.jspecify.annotations.NullMarked;
