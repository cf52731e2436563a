/** Whether store and hub hold the same documents with the same figures: counts, sums and hashes of ranges, bisected to the documents. */
@NullMarked
package mx.refahub.domain.reconcile;

import org.jspecify.annotations.NullMarked;
