/** Fuzzing in short; the long way is {@code ./mvnw -Pfuzz}. */
@NullMarked
package mx.refahub.domain.fuzz;

import org.jspecify.annotations.NullMarked;
