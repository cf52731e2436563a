/** Benchmarks of the hub; docs/benchmarks.md. */
package mx.refahub.hub.bench;
