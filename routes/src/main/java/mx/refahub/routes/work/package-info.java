/** Slices of work, ordered by the process that runs a job and done by whoever is free. */
@NullMarked
package mx.refahub.routes.work;

import org.jspecify.annotations.NullMarked;
