@NullMarked
package mx.refahub.hub.postgres;

import org.jspecify.annotations.NullMarked;
