/** The company's customers: list, account, credit line, timeline. */
@NullMarked
package mx.refahub.hub.customer;

import org.jspecify.annotations.NullMarked;
