/** What branches miss in the catalogue: their own parts, decided here, and the sales that did not come about. */
@NullMarked
package mx.refahub.hub.proposal;

import org.jspecify.annotations.NullMarked;
