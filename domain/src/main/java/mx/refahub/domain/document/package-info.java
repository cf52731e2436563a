/** The signed, hash-chained envelope of everything that travels up, and the frame that carries it. */
@NullMarked
package mx.refahub.domain.document;

import org.jspecify.annotations.NullMarked;
