/** Jobs as an administrator sees them. */
@NullMarked
package mx.refahub.domain.job;

import org.jspecify.annotations.NullMarked;
