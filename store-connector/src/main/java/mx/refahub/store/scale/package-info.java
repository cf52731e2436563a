/** Scales: what they say over the wire, and how one is read. */
@NullMarked
package mx.refahub.store.scale;

import org.jspecify.annotations.NullMarked;
