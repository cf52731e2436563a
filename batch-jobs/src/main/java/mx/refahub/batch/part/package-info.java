/** Parts added and mended by hand: one transaction each, published like an import. */
@NullMarked
package mx.refahub.batch.part;

import org.jspecify.annotations.NullMarked;
