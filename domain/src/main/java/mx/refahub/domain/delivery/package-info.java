/** Relay, landing, acknowledgement, gap, rewind and fork as pure state machines. */
@NullMarked
package mx.refahub.domain.delivery;

import org.jspecify.annotations.NullMarked;
