/** The console: a control room for administrators and accountants. Served by the hub only. */
@NullMarked
package mx.refahub.pos.console;

import org.jspecify.annotations.NullMarked;
