package mx.refahub.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class Uuid7Test {
    @Test
    void ids_of_one_source_increase_within_a_millisecond_and_when_the_clock_steps_back() {
        SteppingClock clock = new SteppingClock(Instant.parse("2026-11-21T12:00:00Z"));
        Uuid7 ids = new Uuid7(clock, new Random(1));
        List<String> minted = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (i == 5_000) clock.now = clock.now.minusSeconds(3600);
            if (i == 15_000) clock.now = clock.now.plusSeconds(7200);
            minted.add(ids.next().toString());
        }
        assertThat(minted).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void an_id_has_version_seven_the_ietf_variant_and_its_time() {
        Instant now = Instant.parse("2026-11-21T12:00:00Z");
        UUID id = new Uuid7(Clock.fixed(now, ZoneOffset.UTC), new Random(1)).next();
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now.toEpochMilli());
    }

    private static final class SteppingClock extends Clock {
        private Instant now;

        SteppingClock(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
