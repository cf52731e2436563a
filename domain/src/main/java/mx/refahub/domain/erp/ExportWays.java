package mx.refahub.domain.erp;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;

/** How a target gets tickets, and purchases: summed up by branch and day, or each as documents. */
public interface ExportWays {
    enum Subject {
        /** With what customers pay on account of them. */
        TICKETS,
        /** Invoices and credit notes of suppliers. */
        PURCHASES
    }

    enum Way {
        /** One journal entry of each branch and day. */
        ENTRIES,
        /** Each ticket as invoice or credit note with its payments; what no document says stays an entry. */
        DOCUMENTS
    }

    /** @param from the first day, by the tickets or invoices */
    record Span(Subject subject, Way way, LocalDate from, String setBy, Instant setAt) {}

    /** By subject, oldest first; days before the first go as entries. */
    List<Span> of(ErpTarget target);

    /**
     * From a day on, for good; what was set for later days is taken back. Audited. Refusals: {@code export-way-files}: the target takes entries alone of it; {@code
     * export-way-exported}: something of that day or a later one was exported, naming the first day that may be.
     */
    Outcome<List<Span>> set(ErpTarget target, Subject subject, Way way, LocalDate from, Person by);
}
