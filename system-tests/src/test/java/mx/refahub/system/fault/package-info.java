/** The fault harness: both programs for real, a load that sells, one fault a round, and one checker of the invariants of docs/reliability.md. */
@NullMarked
package mx.refahub.system.fault;

import org.jspecify.annotations.NullMarked;
