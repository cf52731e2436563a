@NullMarked
package mx.refahub.hub.access;

import org.jspecify.annotations.NullMarked;
