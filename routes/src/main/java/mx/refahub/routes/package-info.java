@NullMarked
package mx.refahub.routes;

import org.jspecify.annotations.NullMarked;
