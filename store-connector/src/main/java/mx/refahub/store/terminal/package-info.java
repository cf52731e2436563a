/** Card terminals: what was asked of them, how they are spoken to, and one that is simulated. */
@NullMarked
package mx.refahub.store.terminal;

import org.jspecify.annotations.NullMarked;
