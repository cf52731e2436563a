/** A Selling Partner API that needs no network: keeps state, follows Amazon's rules, and misbehaves when told to. */
@NullMarked
package mx.refahub.adapters.amazon.simulator;

import org.jspecify.annotations.NullMarked;
