@NullMarked
package mx.refahub.hub.command;

import org.jspecify.annotations.NullMarked;
