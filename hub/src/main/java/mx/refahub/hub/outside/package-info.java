/** Connections to outside systems: kept with their secrets encrypted, tried, handed to adapters. */
@NullMarked
package mx.refahub.hub.outside;

import org.jspecify.annotations.NullMarked;
