/** First run. */
@NullMarked
package mx.refahub.store.setup;

import org.jspecify.annotations.NullMarked;
