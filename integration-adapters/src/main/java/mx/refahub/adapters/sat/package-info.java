/** Electronic accounting of the tax authority: Anexo 24 of the RMF, version 1.3. */
@NullMarked
package mx.refahub.adapters.sat;

import org.jspecify.annotations.NullMarked;
