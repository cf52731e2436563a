@NullMarked
package mx.refahub.hub.schedule;

import org.jspecify.annotations.NullMarked;
