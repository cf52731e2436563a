/** What happens when a step fails: the error policies of both processes, routed on the kind of the failure. */
@NullMarked
package mx.refahub.routes.failure;

import org.jspecify.annotations.NullMarked;
