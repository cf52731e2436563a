/** PINs and one-time codes, checked with no network. */
@NullMarked
package mx.refahub.store.people;

import org.jspecify.annotations.NullMarked;
