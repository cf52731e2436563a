package mx.refahub.domain.rate;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import mx.refahub.domain.Outcome;

/** The rates that a source publishes, brought to the company's books day by day; what the job rate-sync works with. */
public interface RateSync {
    /** The name of the source; empty where rates are set by hand alone. */
    Optional<String> source();

    /** The company's day. */
    LocalDate today();

    /** Days of which nothing published is known, from the first to the last one asked for, in their order. */
    List<LocalDate> unknown(LocalDate from, LocalDate to);

    /**
     * Asks the source for a day and keeps what it says, in one transaction with what goes down to the stores. Asked again it changes nothing; what was set by hand stays
     * above it.
     *
     * @return empty if nothing is published for the day (yet); refused with {@code rate-published-strange} (the rate: nothing that is known is near it), and nothing is kept then
     * @throws mx.refahub.domain.Failure retryable when the source does not answer, rejected when its answer makes no sense
     */
    Outcome<Optional<ExchangeRate>> take(LocalDate day);

    /** What a dollar is worth on a day by what is known now: of the day or before; empty if nothing is. */
    Optional<ExchangeRate> holding(LocalDate day);
}
