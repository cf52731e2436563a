/** reference.db: copies of what the hub publishes, stream by stream, and which version of each stands here. */
@NullMarked
package mx.refahub.store.reference;

import org.jspecify.annotations.NullMarked;
