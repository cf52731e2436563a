/** How fast and how right the search is over a big catalogue, against what two databases bring along. Run by hand, docs/benchmarks.md. */
@NullMarked
package mx.refahub.search.bench;

import org.jspecify.annotations.NullMarked;
