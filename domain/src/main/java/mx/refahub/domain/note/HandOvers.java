package mx.refahub.domain.note;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;

/**
 * What was paid by a note and is handed over by somebody else. Implemented by the store connector over SQLite; works with no network; each hand-over is
 * a document.
 *
 * <p>Refusals: {@code store-not-ready}, {@code hand-over-unknown} (no such ticket, or one that owes nobody anything), and those named below.
 */
public interface HandOvers {
    int MOST_LINES = 500;

    /** @param left what has neither been handed over nor come back */
    record Line(
            UUID line, String code, String description, String unit, Quantity sold, Quantity given, Quantity left) {}

    /** @param note its number */
    record Due(UUID sale, String folio, long note, Instant soldAt, String buyer, List<Line> lines) {
        public Due {
            lines = List.copyOf(lines);
        }

        public boolean settled() {
            return lines.stream().noneMatch(line -> line.left().isPositive());
        }
    }

    /** Tickets that still owe goods, the oldest first. */
    List<Due> owed();

    /** By the note's code or number, the ticket's folio, QR or invoice code. Refused: {@code note-not-paid} where the till has not collected it yet. */
    Outcome<Due> find(String code);

    record Given(UUID line, Quantity quantity) {
        public Given {
            if (!quantity.isPositive()) throw new IllegalArgumentException("handed over " + quantity.text());
        }

        /** @throws IllegalArgumentException where there are none, too many, or one twice */
        public static List<Given> checked(List<Given> lines) {
            Set<UUID> seen = new HashSet<>();
            for (Given given : lines) if (!seen.add(given.line())) throw new IllegalArgumentException("line twice");
            if (lines.isEmpty() || lines.size() > MOST_LINES)
                throw new IllegalArgumentException(lines.size() + " lines");
            return List.copyOf(lines);
        }
    }

    /**
     * Goods went over the counter. The same act again changes nothing. Refused: {@code hand-over-exceeds} (naming what is left), {@code line-unknown},
     * {@code hand-over-differs} (the same act with another content), {@code hand-over-empty}.
     */
    Outcome<Due> confirm(UUID act, UUID sale, List<Given> lines, Person who);
}
