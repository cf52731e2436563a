/** The accountant's tables: accounts, exports with their entries, and which ticket went where. */
@NullMarked
package mx.refahub.hub.accounting;

import org.jspecify.annotations.NullMarked;
