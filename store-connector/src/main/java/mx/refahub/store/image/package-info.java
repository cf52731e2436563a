/** Pictures of parts as this branch keeps them: those that somebody looked at. */
@NullMarked
package mx.refahub.store.image;

import org.jspecify.annotations.NullMarked;
