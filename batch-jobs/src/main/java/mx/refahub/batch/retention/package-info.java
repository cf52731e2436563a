/** What is thrown away once nobody needs it any more, and what never is. */
@NullMarked
package mx.refahub.batch.retention;

import org.jspecify.annotations.NullMarked;
