/** The sale at the counter: ticket, lines, tenders, totals, folio, frozen fiscal facts. */
@NullMarked
package mx.refahub.domain.sale;

import org.jspecify.annotations.NullMarked;
