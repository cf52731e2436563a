/** Conditions that somebody wants to know of, and what became of them. */
@NullMarked
package mx.refahub.domain.alert;

import org.jspecify.annotations.NullMarked;
