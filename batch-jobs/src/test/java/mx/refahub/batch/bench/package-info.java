/** Measurements, not tests: {@code ./mvnw -Pbench -Dbench=import}. */
@org.jspecify.annotations.NullMarked
package mx.refahub.batch.bench;
