/** The hub's price book at the till: read from reference.db, applied to tickets in hand by the one pricing rule. */
@NullMarked
package mx.refahub.store.price;

import org.jspecify.annotations.NullMarked;
