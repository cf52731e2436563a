@NullMarked
package mx.refahub.pos;

import org.jspecify.annotations.NullMarked;
