@NullMarked
package mx.refahub.hub;

import org.jspecify.annotations.NullMarked;
