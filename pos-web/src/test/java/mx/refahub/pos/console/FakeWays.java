package mx.refahub.pos.console;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportWays;
import mx.refahub.domain.store.Person;

/** The last way that was set; days before 2026 are exported. */
final class FakeWays implements ExportWays {
    private List<Span> spans = List.of();

    @Override
    public List<Span> of(ErpTarget target) {
        return spans;
    }

    @Override
    public Outcome<List<Span>> set(ErpTarget target, Subject subject, Way way, LocalDate from, Person by) {
        if (from.getYear() < 2026) return Outcome.refused("export-way-exported", "2026-01-01");
        spans = List.of(new Span(subject, way, from, by.name(), Instant.EPOCH));
        return Outcome.done(spans);
    }
}
