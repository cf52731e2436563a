/** A made-up catalogue of any size with the shapes of a real one, and questions of the counter whose right answers are known. For tests and benchmarks. */
@NullMarked
package mx.refahub.domain.generator;

import org.jspecify.annotations.NullMarked;
