@NullMarked
package mx.refahub.hub.company;

import org.jspecify.annotations.NullMarked;
