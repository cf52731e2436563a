/** To the marketplaces and back: listings, stock and prices out, orders and questions in. */
@NullMarked
package mx.refahub.routes.market;

import org.jspecify.annotations.NullMarked;
