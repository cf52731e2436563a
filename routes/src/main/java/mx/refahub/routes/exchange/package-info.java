/** What goes to the accountant's ERP: claimed, loaded, booked once, settled, written down. */
@NullMarked
package mx.refahub.routes.exchange;

import org.jspecify.annotations.NullMarked;
