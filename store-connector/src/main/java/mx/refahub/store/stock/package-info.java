/** The branch's shelf: its ledger, the documents that move it, counts. */
@NullMarked
package mx.refahub.store.stock;

import org.jspecify.annotations.NullMarked;
