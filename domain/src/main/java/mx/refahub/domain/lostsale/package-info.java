/** What customers asked for and did not get. */
@NullMarked
package mx.refahub.domain.lostsale;

import org.jspecify.annotations.NullMarked;
