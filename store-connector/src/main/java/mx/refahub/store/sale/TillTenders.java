package mx.refahub.store.sale;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.sale.Payment;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.credit.SpentElsewhere;
import mx.refahub.store.promise.DepositTenders;
import mx.refahub.store.reference.PartTracking;

/** What may be taken for a ticket, on which terms, and what is asked of its parts, by what the hub last told. */
public final class TillTenders implements DepositTenders {
    private final TenderSettings settings;
    private final SpentElsewhere elsewhere;
    private final PartTracking tracking;

    public TillTenders(TenderSettings settings, SpentElsewhere elsewhere, PartTracking tracking) {
        this.settings = settings;
        this.elsewhere = elsewhere;
        this.tracking = tracking;
    }

    PartTracking tracking() {
        return tracking;
    }

    @Override
    public SpentElsewhere elsewhere() {
        return elsewhere;
    }

    /** @param at whose day it is by the branch's clock; a rate of a later day does not hold yet */
    @Override
    public Payment.Terms terms(Branch branch, Instant at) {
        LocalDate day = at.atZone(branch.zone()).toLocalDate();
        ExchangeRate rate = branch.tenders().rates().stream()
                .filter(known -> known.currency().equals(ExchangeRate.USD)
                        && !known.day().isAfter(day))
                .max(Comparator.comparing(ExchangeRate::day))
                .orElse(null);
        Refusal none = Refusal.of("rate-unknown");
        if (rate == null) return new Payment.Terms(branch.tenders().rounding(), null, none);
        boolean old =
                ChronoUnit.DAYS.between(rate.day(), day) > settings.rateMaxAge().toDays();
        Refusal tooOld = Refusal.of("rate-too-old", rate.day().toString());
        return new Payment.Terms(branch.tenders().rounding(), old ? null : rate, tooOld);
    }
}
