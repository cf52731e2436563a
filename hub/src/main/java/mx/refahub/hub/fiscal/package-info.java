/** What SAT is told of sales beside their invoices: credit notes of what came back. */
@NullMarked
package mx.refahub.hub.fiscal;

import org.jspecify.annotations.NullMarked;
