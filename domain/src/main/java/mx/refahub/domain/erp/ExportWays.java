package mx.refahub.domain.erp;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;

/** How a target that is spoken to gets its tickets: summed up by branch and day, or each as documents. */
public interface ExportWays {
    enum Way {
        /** One journal entry of each branch and day. */
        ENTRIES,
        /** Each ticket as invoice or credit note with its payments; what no document says stays an entry. */
        DOCUMENTS
    }

    /** @param from the first day, by the tickets */
    record Span(Way way, LocalDate from, String setBy, Instant setAt) {}

    /** Oldest first; days before the first go as entries. */
    List<Span> of(ErpTarget target);

    /**
     * From a day on, for good; what was set for later days is taken back. Audited. Refusals: {@code export-way-files}: the target is given files; {@code
     * export-way-exported}: something of that day or a later one was exported, naming the first day that may be.
     */
    Outcome<List<Span>> set(ErpTarget target, Way way, LocalDate from, Person by);
}
