/** What the routes do, in figures: for the console and for the metrics. */
@NullMarked
package mx.refahub.routes.watch;

import org.jspecify.annotations.NullMarked;
