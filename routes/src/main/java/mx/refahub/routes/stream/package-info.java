/** Stores are told how far each stream has got. */
@NullMarked
package mx.refahub.routes.stream;

import org.jspecify.annotations.NullMarked;
