/** All stores compare themselves with the hub, as a job. */
@NullMarked
package mx.refahub.batch.reconcile;

import org.jspecify.annotations.NullMarked;
