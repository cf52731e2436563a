/** Benches over both programs: how documents are delivered, and what many stores cost the hub. */
@NullMarked
package mx.refahub.system.bench;

import org.jspecify.annotations.NullMarked;
