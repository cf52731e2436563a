/** Who this connector is: what registration gave it, its secrets sealed under a key file. */
@NullMarked
package mx.refahub.store.identity;

import org.jspecify.annotations.NullMarked;
