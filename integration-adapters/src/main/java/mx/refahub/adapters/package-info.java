@NullMarked
package mx.refahub.adapters;

import org.jspecify.annotations.NullMarked;
