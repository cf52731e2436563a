package mx.refahub.hub.reconcile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import mx.refahub.domain.reconcile.Cell;
import mx.refahub.domain.reconcile.Day;
import mx.refahub.domain.reconcile.Mark;
import mx.refahub.domain.reconcile.Range;
import mx.refahub.domain.reconcile.Side;
import mx.refahub.domain.reconcile.Summary;
import mx.refahub.hub.reconcile.ReconcileTable.DocumentRow;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** The hub's documents of one store: every one read and hashed anew, so that a change on the disk is a difference. Rows are streamed, never held. */
final class LandedDocuments implements Side {
    private final ReconcileTable table;
    private final TransactionTemplate reading;
    private final UUID store;

    LandedDocuments(ReconcileTable table, TransactionTemplate reading, UUID store) {
        this.table = table;
        this.reading = reading;
        this.store = store;
    }

    @Override
    public Map<Cell, Summary> cells(List<Day> days, long first, long last) {
        Map<Cell, Summary> all = new LinkedHashMap<>();
        for (Day day : days) {
            Map<String, Summary.Tally> tallies = new LinkedHashMap<>();
            each(
                    day,
                    null,
                    first,
                    last,
                    row -> tallies.computeIfAbsent(row.type(), type -> new Summary.Tally())
                            .add(DocumentRows.mark(row)));
            tallies.forEach((type, tally) -> all.put(new Cell(day, type), tally.summary()));
        }
        return all;
    }

    @Override
    public List<Summary> summaries(List<Range> ranges) {
        return ranges.stream()
                .map(range -> {
                    Summary.Tally tally = new Summary.Tally();
                    each(range, row -> tally.add(DocumentRows.mark(row)));
                    return tally.summary();
                })
                .toList();
    }

    @Override
    public List<List<Mark>> marks(List<Range> ranges) {
        return ranges.stream()
                .map(range -> {
                    List<Mark> marks = new ArrayList<>();
                    each(range, row -> marks.add(DocumentRows.mark(row)));
                    return List.copyOf(marks);
                })
                .toList();
    }

    private void each(Range range, Consumer<DocumentRow> each) {
        each(range.cell().day(), range.cell().type(), range.first(), range.last(), each);
    }

    private void each(Day day, @Nullable String type, long first, long last, Consumer<DocumentRow> each) {
        reading.executeWithoutResult(status -> {
            try (Cursor<DocumentRow> rows = table.documents(store, type, day.from(), day.until(), first, last)) {
                rows.forEach(each);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
