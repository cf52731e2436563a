/** The connector's command line, and its desk inside the running connector. */
@NullMarked
package mx.refahub.store.command;

import org.jspecify.annotations.NullMarked;
