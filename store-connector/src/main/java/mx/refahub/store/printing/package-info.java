/** Paper: layout of receipts and pages, what printers answer, the spool, and the simulator with its sheets. */
@NullMarked
package mx.refahub.store.printing;

import org.jspecify.annotations.NullMarked;
