/** Marketplaces: rules, listings, orders and what was said to each. */
@NullMarked
package mx.refahub.hub.market;

import org.jspecify.annotations.NullMarked;
