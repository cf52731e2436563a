@NullMarked
package mx.refahub.search;

import org.jspecify.annotations.NullMarked;
