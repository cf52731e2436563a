@NullMarked
package mx.refahub.hub.landing;

import org.jspecify.annotations.NullMarked;
