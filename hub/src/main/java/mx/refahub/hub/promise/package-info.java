/** Reads what the branches have promised, for the console. */
@NullMarked
package mx.refahub.hub.promise;

import org.jspecify.annotations.NullMarked;
