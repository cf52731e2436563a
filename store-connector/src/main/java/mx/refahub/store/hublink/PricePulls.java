package mx.refahub.store.hublink;

import java.time.Instant;
import mx.refahub.domain.pricing.PriceSync;
import mx.refahub.domain.stream.Stream;
import mx.refahub.store.reference.AppliedStreams;

/** The streams of prices, pulled when somebody asks. */
public final class PricePulls implements PriceSync {
    private final StreamPulls pulls;
    private final AppliedStreams applied;

    public PricePulls(StreamPulls pulls, AppliedStreams applied) {
        this.pulls = pulls;
        this.applied = applied;
    }

    @Override
    public Standing ask() {
        Standing standing = new Standing(part(Stream.PRICES), part(Stream.PRICE_BOOK));
        pulls.ask(Stream.PRICES);
        pulls.ask(Stream.PRICE_BOOK);
        return standing;
    }

    private Part part(Stream stream) {
        Instant since = applied.appliedAt(stream).orElse(null);
        return new Part(applied.version(stream), since);
    }
}
