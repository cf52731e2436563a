/** The store's side of the HTTP between machines: registration, heartbeat, streams, index. */
@NullMarked
package mx.refahub.store.hublink;

import org.jspecify.annotations.NullMarked;
