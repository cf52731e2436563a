/**
 * Embedded Lucene behind the ports {@code PartSearch}, {@code PartIndex} and {@code IndexReplica}. Two doors: {@link mx.refahub.search.HubSearch} builds,
 * publishes and searches; {@link mx.refahub.search.StoreSearch} receives snapshots and searches.
 */
@NullMarked
package mx.refahub.search;

import org.jspecify.annotations.NullMarked;
