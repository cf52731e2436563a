/** Pictures of parts: taken in by upload, address or ZIP, encoded anew, kept by the hash of their content. */
@NullMarked
package mx.refahub.hub.image;

import org.jspecify.annotations.NullMarked;
