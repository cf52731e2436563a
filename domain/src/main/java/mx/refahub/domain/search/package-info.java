/** Finding parts: the port, its question and its explained answer, and the index that is published. */
@NullMarked
package mx.refahub.domain.search;

import org.jspecify.annotations.NullMarked;
