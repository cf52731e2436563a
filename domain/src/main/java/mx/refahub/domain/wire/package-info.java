/** Bodies of documents and rows of streams, as they are written on the wire. */
@NullMarked
package mx.refahub.domain.wire;

import org.jspecify.annotations.NullMarked;
