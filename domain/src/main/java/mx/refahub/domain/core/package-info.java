/** Cores: old pieces that customers owe, and the deposits that stand for them. */
@NullMarked
package mx.refahub.domain.core;

import org.jspecify.annotations.NullMarked;
