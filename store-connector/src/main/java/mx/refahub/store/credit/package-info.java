/** Store credits that this branch issued or took. */
@NullMarked
package mx.refahub.store.credit;

import org.jspecify.annotations.NullMarked;
