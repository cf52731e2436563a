package mx.refahub.store.reconcile;

import java.time.Instant;
import java.util.Optional;
import mx.refahub.store.sqlite.SqliteFile;

/** How far store and hub are known to hold the same; nothing beyond it is pruned. */
public final class Reconciled {
    private final SqliteFile sales;

    public Reconciled(SqliteFile sales) {
        this.sales = sales;
    }

    public record Standing(long sequence, Instant at, long documents, long sentAgain, long differing) {}

    public Optional<Standing> last() {
        return sales.read(session -> session.first(
                """
                select sequence, at, documents, sent_again, differing
                from reconciled
                where only_row = 1
                """,
                row -> new Standing(
                        row.number("sequence"),
                        row.instant("at"),
                        row.number("documents"),
                        row.number("sent_again"),
                        row.number("differing"))));
    }

    void note(Standing standing) {
        sales.change(session -> session.updateOne(
                """
                insert into reconciled (only_row, sequence, at, documents, sent_again, differing)
                values (1, ?, ?, ?, ?, ?)
                on conflict (only_row) do update
                set sequence = excluded.sequence, at = excluded.at, documents = excluded.documents, sent_again = excluded.sent_again,
                    differing = excluded.differing
                """,
                standing.sequence(),
                standing.at(),
                standing.documents(),
                standing.sentAgain(),
                standing.differing()));
    }
}
