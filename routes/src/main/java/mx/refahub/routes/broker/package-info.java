/** The brokers at both ends: the hub's, the store's with its bridge, and who may do what there. */
@NullMarked
package mx.refahub.routes.broker;

import org.jspecify.annotations.NullMarked;
