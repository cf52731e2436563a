/** The cash drawer's rule and its book. */
@NullMarked
package mx.refahub.store.drawer;

import org.jspecify.annotations.NullMarked;
