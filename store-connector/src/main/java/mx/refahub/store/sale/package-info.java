/** The till. */
@NullMarked
package mx.refahub.store.sale;

import org.jspecify.annotations.NullMarked;
