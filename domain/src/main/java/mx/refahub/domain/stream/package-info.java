/** The way down: numbered streams, their announcements and their rows. */
@NullMarked
package mx.refahub.domain.stream;

import org.jspecify.annotations.NullMarked;
