package mx.refahub.store.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.reconcile.Cell;
import mx.refahub.domain.reconcile.Day;
import mx.refahub.domain.reconcile.Mark;
import mx.refahub.domain.reconcile.Range;
import mx.refahub.domain.reconcile.Side;
import mx.refahub.domain.reconcile.Summary;
import mx.refahub.domain.store.StoreId;
import mx.refahub.store.outbox.SqliteOutbox;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;

/** What this branch wrote and still keeps, read and hashed anew; a page at a time, so that neither the till nor the disk's housekeeping waits. */
final class WrittenDocuments implements Side {
    private static final int PAGE = 200;

    private final SqliteFile sales;
    private final StoreId store;

    WrittenDocuments(SqliteFile sales, StoreId store) {
        this.sales = sales;
        this.store = store;
    }

    @Override
    public Map<Cell, Summary> cells(List<Day> days, long first, long last) {
        Map<Cell, Summary> all = new LinkedHashMap<>();
        for (Day day : days) {
            Map<String, Summary.Tally> tallies = new LinkedHashMap<>();
            each(
                    day.from(),
                    day.until(),
                    "",
                    first,
                    last,
                    read -> tallies.computeIfAbsent(read.type(), type -> new Summary.Tally())
                            .add(read.mark()));
            tallies.forEach((type, tally) -> all.put(new Cell(day, type), tally.summary()));
        }
        return all;
    }

    @Override
    public List<Summary> summaries(List<Range> ranges) {
        return ranges.stream()
                .map(range -> {
                    Summary.Tally tally = new Summary.Tally();
                    each(range, read -> tally.add(read.mark()));
                    return tally.summary();
                })
                .toList();
    }

    @Override
    public List<List<Mark>> marks(List<Range> ranges) {
        return ranges.stream()
                .map(range -> {
                    List<Mark> marks = new ArrayList<>();
                    each(range, read -> marks.add(read.mark()));
                    return List.copyOf(marks);
                })
                .toList();
    }

    private void each(Range range, Consumer<Read> each) {
        Day day = range.cell().day();
        each(day.from(), day.until(), range.cell().type(), range.first(), range.last(), each);
    }

    private record Read(String type, Mark mark) {}

    private void each(Instant from, Instant until, String type, long first, long last, Consumer<Read> each) {
        long next = first;
        while (true) {
            long at = next;
            List<Read> page =
                    sales.read(session -> session.all("""
                    select o.sequence, o.id, o.epoch, o.key, o.type, o.schema, o.occurred_at, o.after, o.previous_hash, o.hash, o.signature, o.body,
                           case o.type
                               when 'sale' then (select total from sale where document_sequence = o.sequence)
                               when 'cash-session-opened' then json_extract(cast(o.body as text), '$.openingFloat')
                               when 'cash-movement' then json_extract(cast(o.body as text), '$.amount')
                               when 'bank-deposit' then json_extract(cast(o.body as text), '$.total')
                               when 'cash-session-closed' then json_extract(cast(o.body as text), '$.sales.total')
                               else 0
                           end as amount
                    from outbox o
                    where o.sequence between ? and ?
                      and o.occurred_at >= ?
                      and o.occurred_at < ?
                      and (? = '' or o.type = ?)
                    order by o.sequence
                    limit ?
                    """, this::read, at, last, from, until, type, type, PAGE));
            page.forEach(each);
            if (page.size() < PAGE) return;
            next = page.getLast().mark().sequence() + 1;
        }
    }

    private Read read(Row row) throws java.sql.SQLException {
        @Nullable Long amount = row.isNull("amount") ? null : row.number("amount");
        String hash;
        try {
            Document document = SqliteOutbox.document(row, store);
            hash = document.envelope().hash(document.body()).toString();
        } catch (IllegalArgumentException e) {
            // No envelope any more: whatever it is, it is not what was written.
            hash = "";
        }
        return new Read(row.text("type"), new Mark(row.number("sequence"), row.id("id"), hash, amount));
    }
}
