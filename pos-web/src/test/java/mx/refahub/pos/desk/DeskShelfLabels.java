package mx.refahub.pos.desk;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.pricing.ShelfLabels;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** The plug costs more from tomorrow. */
public final class DeskShelfLabels implements ShelfLabels {
    private final PartId plug;
    private final Clock clock;
    private @Nullable Instant printedAt;

    DeskShelfLabels(DeskCatalogue catalogue, Clock clock) {
        plug = catalogue.byBarcode("0087295127971").orElseThrow().part();
        this.clock = clock;
    }

    @Override
    public synchronized List<Change> changes(boolean printed) {
        if (printedAt != null && !printed) return List.of();
        return List.of(new Change(
                plug,
                "NGK",
                "BKR6E-11",
                "Bujía",
                "0087295127971",
                "A-1",
                "$95.00",
                LocalDate.of(2026, 11, 22),
                printedAt,
                printedAt == null ? "" : "Rita"));
    }

    @Override
    public synchronized Outcome<Queued> print(UUID act, List<PartId> parts, boolean again, Person who) {
        if (printedAt != null && !again) return Outcome.refused("shelf-labels-none");
        printedAt = clock.instant();
        return Outcome.done(new Queued(1, 1));
    }
}
