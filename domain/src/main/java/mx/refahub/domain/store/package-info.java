/** Branches, registers, and the people who work there. */
@NullMarked
package mx.refahub.domain.store;

import org.jspecify.annotations.NullMarked;
