package mx.refahub.pos.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.erp.AccountMap;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.erp.ExportRows;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.erp.JournalFiles;
import mx.refahub.domain.erp.Reports;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;

/** An accountant's tables in memory: three tickets wait, and the account of cash lacks until it is put. */
final class FakeAccounting implements AccountMap, ExportBooks, JournalFiles, Reports {
    static final StoreId STORE = new StoreId(UUID.fromString("0190f3a1-0000-7000-8000-0000000000aa"));
    private static final List<Needed> NEEDED =
            List.of(new Needed(AccountRole.SALES, "16%"), new Needed(AccountRole.TENDER, "CASH"));
    private List<AccountMap.Row> rows = new ArrayList<>();

    @Override
    public ErpTarget target() {
        return ErpTarget.SHEET;
    }

    @Override
    public void write(Company company, Export export, ExportRows rows, Path folder) {}

    @Override
    public Mapping of(ErpTarget target) {
        return new Mapping(target, rows, NEEDED, List.of(new Branch(STORE, "CEN", "Centro", "")));
    }

    @Override
    public Outcome<Mapping> put(ErpTarget target, List<AccountMap.Row> sent, List<Branch> branches, Person by) {
        if (sent.stream().anyMatch(row -> row.account().contains("="))) return Outcome.refused("account-invalid", "=1");
        rows = sent.stream().filter(row -> !row.account().isEmpty()).toList();
        return Outcome.done(of(target));
    }

    @Override
    public Due due(ErpTarget target, LocalDate until) {
        return new Due(
                3,
                Money.mxn(123_450),
                until.minusDays(1),
                NEEDED.stream()
                        .filter(needed -> rows.stream()
                                .noneMatch(row -> row.role() == needed.role()
                                        && row.kind().equals(needed.kind())))
                        .map(needed -> new Missing(needed.role(), needed.kind(), "CEN", false))
                        .toList());
    }

    @Override
    public Export take(long run, ErpTarget target, LocalDate until, String who) {
        throw new IllegalStateException("tickets are taken by the job, and this hall runs none");
    }

    @Override
    public List<Export> exports(int limit) {
        return List.of();
    }

    @Override
    public Optional<Export> ofRun(long run) {
        return run == 7
                ? Optional.of(new Export(
                        1,
                        7,
                        ErpTarget.SHEET,
                        LocalDate.of(2026, 11, 20),
                        "Elena",
                        Instant.EPOCH,
                        null,
                        1,
                        1,
                        0,
                        0,
                        3,
                        Money.mxn(123_450)))
                : Optional.empty();
    }

    @Override
    public void entries(long export, Consumer<JournalEntry> taker) {}

    @Override
    public void tickets(long export, Consumer<TicketRow> taker) {}

    @Override
    public void subtotals(long export, Consumer<Subtotal> taker) {}

    @Override
    public void documents(long export, Consumer<DocumentRow> taker) {}

    @Override
    public void stock(long export, Consumer<StockRow> taker) {}

    @Override
    public void receipts(long export, Consumer<ReceiptRow> taker) {}

    @Override
    public void bills(long export, Consumer<BillRow> taker) {}

    @Override
    public void written(long export) {}

    @Override
    public Table table(Query query) {
        return new Table(
                query,
                List.of("tender", "store"),
                List.of(new Figure("payments", Type.COUNT), new Figure("total", Type.AMOUNT)),
                List.of(new Reports.Row(List.of("CASH", "CEN"), List.of(3L, 123_450L))),
                List.of(3L, 123_450L),
                false);
    }

    @Override
    public void write(Table table, List<String> titles, Format format, OutputStream to) throws IOException {
        to.write((format + " " + titles).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void print(Print print, OutputStream to) throws IOException {
        to.write(("%PDF " + print).getBytes(StandardCharsets.UTF_8));
    }
}
