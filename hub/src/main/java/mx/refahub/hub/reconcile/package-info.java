/** The hub's end of reconciliation with the stores, and what became of what differed. */
@NullMarked
package mx.refahub.hub.reconcile;

import org.jspecify.annotations.NullMarked;
