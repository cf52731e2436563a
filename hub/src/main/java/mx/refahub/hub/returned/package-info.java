/** How parts may come back, and what came back that somebody should look at. */
@NullMarked
package mx.refahub.hub.returned;

import org.jspecify.annotations.NullMarked;
