/** Whether the hub holds what this branch wrote: compared every night and on demand, mended where it can be, told where it cannot. */
@NullMarked
package mx.refahub.store.reconcile;

import org.jspecify.annotations.NullMarked;
