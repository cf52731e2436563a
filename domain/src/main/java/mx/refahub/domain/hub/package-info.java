/** Ports of the hub that the console and the routes need. */
@NullMarked
package mx.refahub.domain.hub;

import org.jspecify.annotations.NullMarked;
