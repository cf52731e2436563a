package mx.refahub.hub.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mx.refahub.adapters.sheet.SheetFiles;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks.Export;
import mx.refahub.domain.erp.ExportRows;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.erp.JournalFiles;
import mx.refahub.domain.money.Money;

/**
 * {@code ./mvnw -Pbench -Dbench=export}: how many tickets a second the accountant's workbook takes (a row of 12 cells each, entries, taxes, payments and
 * control totals beside it, and the same as CSV), and how much heap. The ledger's part is not measured: the rows are made up as they are asked for.
 */
public final class ExportBench {
    private static final int A_DAY = 2_000;
    private static final int BRANCHES = 20;
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final Money ZERO = Money.mxn(0);

    private ExportBench() {}

    public static void main(String[] arguments) throws IOException {
        int rows = Integer.getInteger("bench.rows", 1_000_000);
        Path out = Path.of(System.getProperty("bench.out", "target/bench"));
        Files.createDirectories(out);
        Path folder = Files.createTempDirectory(out, "export");
        try {
            // The first is for the compiler.
            written(Math.min(rows, 20_000), Files.createDirectory(folder.resolve("warm")));
            heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
            Path into = Files.createDirectory(folder.resolve("measured"));
            double seconds = written(rows, into);
            long peak = heapPools().stream()
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
            long bytes = 0;
            try (Stream<Path> files = Files.list(into)) {
                for (Path file : files.toList()) if (file.toString().endsWith(".xlsx")) bytes += Files.size(file);
            }
            String json = String.format(
                    Locale.ROOT,
                    "{\"rows\": %d, \"seconds\": %.1f, \"rowsPerSecond\": %.0f, \"heapPeakMb\": %d, \"heapMostMb\": %d, \"workbookMb\": %d}",
                    rows,
                    seconds,
                    rows / seconds,
                    peak >> 20,
                    Runtime.getRuntime().maxMemory() >> 20,
                    bytes >> 20);
            Files.writeString(out.resolve("export.json"), json + "\n");
            System.out.println(json);
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
            }
        }
    }

    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private static double written(int rows, Path folder) throws IOException {
        Made made = new Made(rows);
        long start = System.nanoTime();
        new SheetFiles(ZoneId.of("America/Mexico_City"))
                .write(new JournalFiles.Company("AAA010101AAA", "Refaccionaria"), made.export(), made, folder);
        return (System.nanoTime() - start) / 1e9;
    }

    /** Tickets of 116.00 each: 2,000 a day, over 20 branches. */
    private record Made(int tickets) implements ExportRows {
        Export export() {
            return new Export(
                    1,
                    1,
                    ErpTarget.SHEET,
                    day(tickets - 1),
                    "Elena",
                    Instant.EPOCH,
                    null,
                    days() * (long) BRANCHES,
                    days() * (long) BRANCHES,
                    0,
                    0,
                    tickets,
                    Money.mxn(116_00L * tickets));
        }

        private int days() {
            return (tickets + A_DAY - 1) / A_DAY;
        }

        private static LocalDate day(int ticket) {
            return FIRST.plusDays(ticket / A_DAY);
        }

        private static String store(int branch) {
            return "S" + (100 + branch);
        }

        private interface Cell {
            void take(LocalDate day, int branch, int count);
        }

        private void byBranch(Cell cell) {
            for (int day = 0; day < days(); day++) {
                int today = Math.min(A_DAY, tickets - day * A_DAY);
                for (int branch = 0; branch < BRANCHES; branch++) {
                    int count = today / BRANCHES + (branch < today % BRANCHES ? 1 : 0);
                    if (count > 0) cell.take(FIRST.plusDays(day), branch, count);
                }
            }
        }

        @Override
        public void entries(long export, Consumer<JournalEntry> taker) {
            byBranch((day, branch, count) -> {
                List<JournalEntry.Line> lines = new ArrayList<>();
                lines.add(line(AccountRole.TENDER, "CASH", "101-01", Money.mxn(116_00L * count), ZERO));
                lines.add(line(AccountRole.SALES, "16%", "401-01", ZERO, Money.mxn(100_00L * count)));
                lines.add(line(AccountRole.TAX, "16%", "208-01", ZERO, Money.mxn(16_00L * count)));
                taker.accept(new JournalEntry(
                        new UUID(day.toEpochDay(), branch),
                        "RH-" + store(branch) + "-" + day + "-1",
                        store(branch),
                        "Sucursal " + branch,
                        day,
                        1,
                        count,
                        Money.mxn(116_00L * count),
                        lines));
            });
        }

        private static JournalEntry.Line line(
                AccountRole role, String kind, String account, Money debit, Money credit) {
            return new JournalEntry.Line(role, kind, account, role.name(), "", "", debit, credit);
        }

        @Override
        public void tickets(long export, Consumer<TicketRow> taker) {
            for (int i = 0; i < tickets; i++) {
                LocalDate day = day(i);
                String store = store(i % BRANCHES);
                taker.accept(new TicketRow(
                        "RH-" + store + "-" + day + "-1",
                        store,
                        "C1-" + i,
                        day,
                        Instant.ofEpochSecond(1_770_000_000L + i),
                        "Cajera " + i % 50,
                        Money.mxn(100_00),
                        ZERO,
                        Money.mxn(16_00),
                        ZERO,
                        Money.mxn(116_00),
                        false,
                        false));
            }
        }

        @Override
        public void subtotals(long export, Consumer<Subtotal> taker) {
            byBranch((day, branch, count) -> taker.accept(new Subtotal(
                    AccountRole.TAX,
                    store(branch),
                    day,
                    "16%",
                    Money.mxn(100_00L * count),
                    Money.mxn(16_00L * count))));
            byBranch((day, branch, count) -> taker.accept(
                    new Subtotal(AccountRole.TENDER, store(branch), day, "CASH", ZERO, Money.mxn(116_00L * count))));
        }

        /** All of it goes as entries. */
        @Override
        public void documents(long export, Consumer<DocumentRow> taker) {}

        @Override
        public void stock(long export, Consumer<StockRow> taker) {}

        @Override
        public void receipts(long export, Consumer<ReceiptRow> taker) {}

        @Override
        public void bills(long export, Consumer<BillRow> taker) {}
    }
}
