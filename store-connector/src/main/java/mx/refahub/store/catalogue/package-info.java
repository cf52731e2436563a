/** Parts, prices and stock as this branch shows them. */
@NullMarked
package mx.refahub.store.catalogue;

import org.jspecify.annotations.NullMarked;
