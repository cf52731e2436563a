/** The shelves of all branches, read for the console. */
@NullMarked
package mx.refahub.hub.stock;

import org.jspecify.annotations.NullMarked;
