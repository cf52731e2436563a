@NullMarked
package mx.refahub.hub.registry;

import org.jspecify.annotations.NullMarked;
