/** Parts sold on marketplaces: what the hub asks of any of them, in its own words, and what it keeps of it. */
@NullMarked
package mx.refahub.domain.market;

import org.jspecify.annotations.NullMarked;
