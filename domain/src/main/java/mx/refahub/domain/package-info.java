/** Words that every room of the house uses: ids, instants, refusals, failure kinds. */
@NullMarked
package mx.refahub.domain;

import org.jspecify.annotations.NullMarked;
