/** Documents that need a person: found by their words, tried again, amended, discarded. */
@NullMarked
package mx.refahub.hub.message;

import org.jspecify.annotations.NullMarked;
