/** What the store knows of itself, and its health. */
@NullMarked
package mx.refahub.store.status;

import org.jspecify.annotations.NullMarked;
