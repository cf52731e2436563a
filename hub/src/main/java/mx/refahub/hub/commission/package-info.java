/** Rates of commission. What they come to is a report (hub.accounting). */
@NullMarked
package mx.refahub.hub.commission;

import org.jspecify.annotations.NullMarked;
