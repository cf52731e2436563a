/** The hash-chained outbox in sales.db and what the hub has acknowledged of it. */
@NullMarked
package mx.refahub.store.outbox;

import org.jspecify.annotations.NullMarked;
