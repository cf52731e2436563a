/** What a part costs whom, when and why: one rule, the same at hub and store (docs/prices.md). */
@NullMarked
package mx.refahub.domain.pricing;

import org.jspecify.annotations.NullMarked;
