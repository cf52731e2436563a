/** The branch's SQLite files: one writing connection each, readers beside it, checkpoints in the background. */
@NullMarked
package mx.refahub.store.sqlite;

import org.jspecify.annotations.NullMarked;
