/** Receipts: layout, the one encoder, printers, the spool, and the simulator with its paper. */
@NullMarked
package mx.refahub.store.printing;

import org.jspecify.annotations.NullMarked;
