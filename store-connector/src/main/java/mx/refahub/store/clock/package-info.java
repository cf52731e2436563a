/** Whether this machine's clock can be believed. */
@NullMarked
package mx.refahub.store.clock;

import org.jspecify.annotations.NullMarked;
