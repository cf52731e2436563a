package mx.refahub.domain.rate;

import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;

/** Where rates come from outside: a bank, the central bank. */
public interface RateSource {
    /** As it is kept beside the rate. */
    String name();

    /**
     * The rate published for a day; empty if there is none for it (yet).
     *
     * @throws mx.refahub.domain.Failure retryable when the source does not answer, rejected when its answer makes no sense
     */
    Optional<ExchangeRate> published(Currency currency, LocalDate day);
}
