@NullMarked
package mx.refahub.store;

import org.jspecify.annotations.NullMarked;
