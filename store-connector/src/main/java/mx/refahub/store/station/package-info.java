/** Stations without a drawer, and how browsers become one. */
@NullMarked
package mx.refahub.store.station;

import org.jspecify.annotations.NullMarked;
