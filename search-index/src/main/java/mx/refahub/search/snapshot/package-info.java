/** Snapshots of the index as folders of checked files: laid down whole, pointed to atomically, swept when old. Knows nothing of what is in them. */
@NullMarked
package mx.refahub.search.snapshot;

import org.jspecify.annotations.NullMarked;
