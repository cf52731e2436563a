@NullMarked
package mx.refahub.hub.catalogue;

import org.jspecify.annotations.NullMarked;
