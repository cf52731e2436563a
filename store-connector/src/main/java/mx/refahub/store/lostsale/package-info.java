/** What customers asked for and did not get. */
@NullMarked
package mx.refahub.store.lostsale;

import org.jspecify.annotations.NullMarked;
