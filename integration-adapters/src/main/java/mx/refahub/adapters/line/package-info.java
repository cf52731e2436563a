@NullMarked
package mx.refahub.adapters.line;

import org.jspecify.annotations.NullMarked;
