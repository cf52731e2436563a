/** Who shares the work of the runs: the hub itself, and processes that are workers and nothing else. */
@NullMarked
package mx.refahub.hub.work;

import org.jspecify.annotations.NullMarked;
