/** Quotes, layaways and special orders of this branch in sales.db. */
@NullMarked
package mx.refahub.store.promise;

import org.jspecify.annotations.NullMarked;
