package mx.refahub.adapters.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private final AtomicLong nanos = new AtomicLong(5);
    private final Quota quota = new Quota(nanos::get);

    @Test
    void the_burst_goes_at_once_and_the_rest_at_the_rate() {
        for (int i = 0; i < 5; i++)
            assertThat(quota.take(Operation.PATCH_LISTING)).isZero();
        assertThat(quota.take(Operation.PATCH_LISTING)).isEqualTo(Duration.ofMillis(200));
        pass(Duration.ofMillis(200));
        assertThat(quota.take(Operation.PATCH_LISTING)).isZero();
        assertThat(quota.take(Operation.GET_LISTING)).isZero();
    }

    @Test
    void the_rate_that_amazon_tells_takes_the_place_of_the_documented_one() {
        quota.told(Operation.PATCH_LISTING, 0.5);
        quota.told(Operation.PATCH_LISTING, Double.NaN);
        for (int i = 0; i < 5; i++)
            assertThat(quota.take(Operation.PATCH_LISTING)).isZero();
        assertThat(quota.take(Operation.PATCH_LISTING)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void after_a_429_the_bucket_is_empty_and_stays_shut_as_long_as_amazon_says() {
        assertThat(quota.exhausted(Operation.PATCH_LISTING, Duration.ofSeconds(3)))
                .isEqualTo(Duration.ofSeconds(3));
        pass(Duration.ofSeconds(1));
        assertThat(quota.take(Operation.PATCH_LISTING)).isEqualTo(Duration.ofSeconds(2));
        pass(Duration.ofSeconds(2));
        assertThat(quota.take(Operation.PATCH_LISTING)).isZero();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
