/** Parts made at this counter: found and sold at once, until the hub answers. */
@NullMarked
package mx.refahub.store.proposal;

import org.jspecify.annotations.NullMarked;
