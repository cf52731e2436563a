package mx.refahub.hub.proposal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import mx.refahub.domain.lostsale.LostSale;
import mx.refahub.domain.lostsale.LostSaleBoard;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.UserId;
import mx.refahub.hub.proposal.LostSaleRows.NoteRow;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresLostSaleBoard implements LostSaleBoard {
    private static final int MOST = 1_000;

    private final LostSaleRows rows;
    private final TransactionTemplate oneLook;

    PostgresLostSaleBoard(LostSaleRows rows, PlatformTransactionManager transactions) {
        this.rows = rows;
        this.oneLook = new TransactionTemplate(transactions);
        oneLook.setReadOnly(true);
    }

    @Override
    public List<Group> groups(Filter filter, int limit) {
        return rows
                .groups(store(filter), reason(filter), filter.from(), filter.to(), Math.clamp(limit, 1, MOST))
                .stream()
                .map(row -> new Group(
                        row.partId() == null ? null : new PartId(row.partId()),
                        row.partText(),
                        row.asked(),
                        row.times(),
                        new Quantity(row.quantity()),
                        List.of(row.branches().split(" ")),
                        row.last()))
                .toList();
    }

    @Override
    public void each(Filter filter, Consumer<Row> taker) {
        oneLook.executeWithoutResult(status -> {
            try (Cursor<NoteRow> notes = rows.notes(store(filter), reason(filter), filter.from(), filter.to())) {
                for (NoteRow note : notes) taker.accept(new Row(note.id(), note.storeCode(), sale(note)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static @Nullable UUID store(Filter filter) {
        return filter.store() == null ? null : filter.store().value();
    }

    private static @Nullable String reason(Filter filter) {
        return filter.reason() == null ? null : filter.reason().name();
    }

    private static LostSale sale(NoteRow note) {
        return new LostSale(
                note.id(),
                note.asked(),
                note.vehicle(),
                note.partId() == null ? null : new PartId(note.partId()),
                note.partText(),
                new Quantity(note.quantity()),
                LostSale.Reason.valueOf(note.reason()),
                note.note(),
                note.at(),
                new UserId(note.notedBy()),
                note.notedByName());
    }
}
