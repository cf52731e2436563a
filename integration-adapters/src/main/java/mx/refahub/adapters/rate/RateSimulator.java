package mx.refahub.adapters.rate;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;
import mx.refahub.domain.Failure;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.rate.RateSource;

/**
 * A source that needs no network: a rate that moves a little from day to day and is the same whenever the day is asked for. Like the Diario Oficial it
 * publishes nothing at weekends. It can be told to be down, or to answer nonsense.
 */
public final class RateSimulator implements RateSource {
    public enum Mood {
        WELL,
        DOWN,
        NONSENSE
    }

    private static final BigDecimal AROUND = new BigDecimal("17.5000");
    private static final int SWING = 4_001;

    private volatile Mood mood = Mood.WELL;

    public void be(Mood now) {
        mood = now;
    }

    @Override
    public String name() {
        return "simulator";
    }

    @Override
    public Optional<ExchangeRate> published(Currency currency, LocalDate day) {
        switch (mood) {
            case WELL -> {}
            case DOWN -> throw Failure.retryable("the source of rates does not answer", null);
            case NONSENSE -> throw Failure.rejected("the source of rates answered 0");
        }
        if (!currency.equals(ExchangeRate.USD)
                || day.getDayOfWeek() == DayOfWeek.SATURDAY
                || day.getDayOfWeek() == DayOfWeek.SUNDAY) return Optional.empty();
        long tenThousandths = Math.floorMod(day.toEpochDay() * 7_919, SWING) - SWING / 2;
        return Optional.of(new ExchangeRate(currency, day, AROUND.add(BigDecimal.valueOf(tenThousandths, 4))));
    }
}
