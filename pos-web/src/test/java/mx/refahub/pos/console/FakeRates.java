package mx.refahub.pos.console;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.rate.CashRounding;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.rate.RateDesk;

/** Rates in memory. */
final class FakeRates implements RateDesk {
    static final LocalDate TODAY = LocalDate.parse("2026-03-02");
    private final List<Known> rates = new ArrayList<>();
    private CashRounding rounding = CashRounding.NONE;

    @Override
    public synchronized Standing standing(int limit) {
        return new Standing(TODAY, rounding, rates);
    }

    @Override
    public synchronized Outcome<Standing> set(LocalDate day, BigDecimal pesos, boolean meant, String by) {
        if (!ExchangeRate.valid(pesos)) return Outcome.refused("rate-invalid");
        rates.removeIf(known -> known.rate().day().equals(day));
        rates.add(new Known(new ExchangeRate(ExchangeRate.USD, day, pesos), by, "", Instant.EPOCH, null));
        rates.sort(Comparator.comparing((Known known) -> known.rate().day()).reversed());
        return Outcome.done(standing(1));
    }

    @Override
    public synchronized Outcome<Standing> takeBack(LocalDate day, String by) {
        rates.removeIf(known -> known.rate().day().equals(day));
        return Outcome.done(standing(1));
    }

    @Override
    public Outcome<Standing> fetch(String by) {
        return Outcome.refused("rate-source-none");
    }

    @Override
    public synchronized Outcome<Standing> round(long step, String by) {
        if (!CashRounding.STEPS.contains(step)) return Outcome.refused("rounding-invalid");
        rounding = new CashRounding(step);
        return Outcome.done(standing(1));
    }
}
