@NullMarked
package mx.refahub.hub.board;

import org.jspecify.annotations.NullMarked;
