/** Orders of an administrator to a store. */
@NullMarked
package mx.refahub.routes.command;

import org.jspecify.annotations.NullMarked;
