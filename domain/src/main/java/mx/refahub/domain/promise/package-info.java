/** What the counter promises: quotes, layaways (<i>apartados</i>) and special orders, and the deposits held for them. */
@NullMarked
package mx.refahub.domain.promise;

import org.jspecify.annotations.NullMarked;
