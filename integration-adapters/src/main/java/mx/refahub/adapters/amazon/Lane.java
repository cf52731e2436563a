package mx.refahub.adapters.amazon;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What outlives a single use of a connection: its sockets, its share of Amazon's quota, and whether Amazon has been answering. */
record Lane(Wire wire, Quota quota, CircuitBreaker breaker, IntervalFunction backoff, Pause pause) {
    /** Lets a test say how time passes. */
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    static Lane open(Duration timeout, Duration backoff, LongSupplier nanos, Pause pause) {
        return new Lane(
                new Wire(timeout),
                new Quota(nanos),
                CircuitBreaker.of(
                        "amazon",
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(20)
                                .minimumNumberOfCalls(10)
                                .failureRateThreshold(60)
                                .waitDurationInOpenState(Duration.ofSeconds(30))
                                .permittedNumberOfCallsInHalfOpenState(2)
                                .build()),
                IntervalFunction.ofExponentialRandomBackoff(backoff, 2.0, 0.5, Duration.ofSeconds(5)),
                pause);
    }
}
