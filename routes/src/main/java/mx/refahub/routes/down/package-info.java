/** The way of what the hub tells a store: written, sent to the store's queue, read and handed on. */
@NullMarked
package mx.refahub.routes.down;

import org.jspecify.annotations.NullMarked;
