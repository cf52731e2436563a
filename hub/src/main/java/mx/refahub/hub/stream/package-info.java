@NullMarked
package mx.refahub.hub.stream;

import org.jspecify.annotations.NullMarked;
