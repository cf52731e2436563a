/** Cash sessions. */
@NullMarked
package mx.refahub.store.cash;

import org.jspecify.annotations.NullMarked;
