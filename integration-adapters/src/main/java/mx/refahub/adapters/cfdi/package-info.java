@NullMarked
package mx.refahub.adapters.cfdi;

import org.jspecify.annotations.NullMarked;
