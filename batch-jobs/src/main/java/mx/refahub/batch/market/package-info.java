/** The job marketplace-exchange: listings, stock and prices to the marketplaces, orders and questions from them. */
@NullMarked
package mx.refahub.batch.market;

import org.jspecify.annotations.NullMarked;
