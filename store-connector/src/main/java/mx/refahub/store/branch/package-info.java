/** What the branch must know of itself to sell: the settings stream's one row. */
@NullMarked
package mx.refahub.store.branch;

import org.jspecify.annotations.NullMarked;
