/** Amazon as a marketplace, through its Selling Partner API: listings, feeds, orders, notifications. */
@NullMarked
package mx.refahub.adapters.amazon;

import org.jspecify.annotations.NullMarked;
