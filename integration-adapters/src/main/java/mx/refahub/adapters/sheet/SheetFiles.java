package mx.refahub.adapters.sheet;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import mx.refahub.adapters.sheet.Book.Column;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.AccountWords;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks.Export;
import mx.refahub.domain.erp.ExportRows;
import mx.refahub.domain.erp.ExportRows.Subtotal;
import mx.refahub.domain.erp.ExportRows.TicketRow;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.erp.JournalFiles;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;

/** One workbook with a sheet for each subject and a sheet of control totals in front, and the same tables as CSV. */
public final class SheetFiles implements JournalFiles {
    private static final List<Column> ENTRIES = List.of(
            new Column("Referencia", 24, false),
            new Column("Fecha", 12, false),
            new Column("Sucursal", 10, false),
            new Column("Concepto", 44, false),
            new Column("Cuenta", 18, false),
            new Column("Nombre de la cuenta", 34, false),
            new Column("Centro de costo", 16, false),
            new Column("Cargo", 16, true),
            new Column("Abono", 16, true));
    private static final int DEBIT = 7;
    private static final int CREDIT = 8;
    private static final List<Column> TAXES = List.of(
            new Column("Fecha", 12, false),
            new Column("Sucursal", 10, false),
            new Column("Tasa", 12, false),
            new Column("Base", 16, true),
            new Column("Impuesto", 16, true),
            new Column("Total", 16, true));
    private static final List<Column> TENDERS = List.of(
            new Column("Fecha", 12, false),
            new Column("Sucursal", 10, false),
            new Column("Forma de pago", 22, false),
            new Column("De tickets", 16, true),
            new Column("Anticipos", 16, true),
            new Column("Importe", 16, true));
    private static final int OF_TICKETS = 3;
    private static final int OF_DEPOSITS = 4;
    private static final List<Column> TICKETS = List.of(
            new Column("Póliza", 24, false),
            new Column("Sucursal", 10, false),
            new Column("Folio", 14, false),
            new Column("Fecha", 12, false),
            new Column("Hora de venta", 17, false),
            new Column("Cajero", 24, false),
            new Column("Importe", 14, true),
            new Column("Descuento", 14, true),
            new Column("IVA", 14, true),
            new Column("Cascos", 14, true),
            new Column("Total", 14, true),
            new Column("Complemento", 13, false));
    private static final int TAX = 8;
    private static final int TOTAL = 10;

    private final ZoneId zone;

    /** @param zone in which times of sale are shown */
    public SheetFiles(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public ErpTarget target() {
        return ErpTarget.SHEET;
    }

    /** Each kind of row is read once: it goes to its sheet and its CSV, and into the control sums. */
    @Override
    public void write(Company company, Export export, ExportRows rows, Path folder) throws IOException {
        Path files = folder.resolve("ventas-" + export.until() + "-" + export.id());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Subject.beside(files, ".xlsx")));
                Book book = new Book(out, zone)) {
            Book.Sheet control = book.front("Control");
            Sums sums = new Sums();
            Subject entries = new Subject(book, "Pólizas", ENTRIES, Subject.beside(files, "-polizas.csv"));
            try (entries) {
                rows.entries(export.id(), entry -> {
                    sums.add(entry);
                    lines(entry).forEach(entries::row);
                });
            }
            Shares shares = new Shares(book, files, sums);
            try (shares) {
                rows.subtotals(export.id(), shares::take);
            }
            Subject tickets = new Subject(book, "Tickets", TICKETS, Subject.beside(files, "-tickets.csv"));
            try (tickets) {
                rows.tickets(export.id(), ticket -> tickets.row(ticket(ticket)));
            }
            control(control, company, export, sums, entries, shares, tickets);
        }
    }

    private static void control(
            Book.Sheet control,
            Company company,
            Export export,
            Sums sums,
            Subject entries,
            Shares shares,
            Subject tickets)
            throws IOException {
        control.widths(44, 20, 20, 18);
        control.title(0, 0, company.name() + " · " + company.rfc());
        control.cell(1, 0, Cell.of("Ventas hasta el"));
        control.cell(1, 1, Cell.of(export.until()));
        control.cell(2, 0, Cell.of("Exportación"));
        control.cell(2, 1, Cell.of(export.id()));
        control.cell(3, 0, Cell.of("Hecha por"));
        control.cell(3, 1, Cell.of(export.takenBy()));
        control.cell(4, 0, Cell.of("Pólizas (de complemento)"));
        control.cell(4, 1, Cell.of(export.entries()));
        control.cell(4, 2, Cell.of(export.corrections()));
        List<String> titles = List.of("Control", "RefaHub", "Este libro", "Diferencia");
        for (int i = 0; i < titles.size(); i++) control.title(6, i, titles.get(i));
        tie(control, 7, "Tickets", Cell.of(export.tickets()), tickets.table().count(2), false);
        tie(
                control,
                8,
                "Total de los tickets",
                Cell.of(export.total()),
                tickets.table().sum(TOTAL),
                true);
        // What was applied of deposits paid for tickets too, with money of an earlier day.
        tie(
                control,
                9,
                "Cobrado y anticipos aplicados, sin diferencias",
                Cell.of(export.total()),
                shares.tenders().table().sum(OF_TICKETS) + "+B15-B14+B17",
                true);
        tie(
                control,
                10,
                "Base más impuesto, con cascos",
                Cell.of(export.total()),
                shares.taxes().table().sum(5) + "+B17",
                true);
        control.cell(11, 0, Cell.of("Cargos contra abonos"));
        control.formula(11, 1, entries.table().sum(DEBIT), true);
        control.formula(11, 2, entries.table().sum(CREDIT), true);
        control.formula(11, 3, "B12-C12", true);
        control.cell(12, 0, Cell.of("IVA de tickets contra impuestos"));
        control.formula(12, 1, tickets.table().sum(TAX), true);
        control.formula(12, 2, shares.taxes().table().sum(4), true);
        control.formula(12, 3, "B13-C13", true);
        // Flagged tickets alone: their tenders and their lines say different amounts.
        control.cell(13, 0, Cell.of("Diferencias por aclarar"));
        control.cell(13, 1, Cell.of(sums.booked(AccountRole.DIFFERENCE)));
        Money applied = sums.told(AccountRole.DEPOSITS);
        control.cell(14, 0, Cell.of("Anticipos aplicados a tickets"));
        control.cell(14, 1, Cell.of(applied));
        // As the entries have them: what is owed grew by, what was kept, and what was applied.
        tie(
                control,
                15,
                "Anticipos recibidos menos devueltos",
                Cell.of(sums.booked(AccountRole.DEPOSITS)
                        .plus(sums.told(AccountRole.PENALTIES))
                        .plus(applied)),
                shares.tenders().table().sum(OF_DEPOSITS),
                true);
        // Flagged tickets alone: what is printed as their total is not what their lines come to, which is what is
        // booked.
        control.cell(16, 0, Cell.of("Totales de tickets menos sus renglones"));
        control.cell(16, 1, Cell.of(export.total().minus(sums.lines())));
        control.freeze(7);
        control.finish();
    }

    /** What the control sheet says beside what the other sheets add up themselves. */
    private static final class Sums {
        private final Map<AccountRole, Money> booked = new EnumMap<>(AccountRole.class);
        private final Map<AccountRole, Money> told = new EnumMap<>(AccountRole.class);
        private Money lines = Money.mxn(0);

        void add(JournalEntry entry) {
            for (JournalEntry.Line line : entry.lines())
                booked.merge(line.role(), line.credit().minus(line.debit()), Money::plus);
        }

        void add(Subtotal each) {
            told.merge(each.role(), each.amount(), Money::plus);
            if (each.role() == AccountRole.TAX) lines = lines.plus(each.base()).plus(each.amount());
        }

        /** Credits less debits of a role. */
        Money booked(AccountRole role) {
            return booked.getOrDefault(role, Money.mxn(0));
        }

        /** Of deposits: what was applied to tickets, what was kept. */
        Money told(AccountRole role) {
            return told.getOrDefault(role, Money.mxn(0));
        }

        /** What the tickets' lines come to, with tax. */
        Money lines() {
            return lines;
        }
    }

    /** One sheet of the workbook and one CSV, filled together. */
    private static final class Subject implements Closeable {
        private final Book.Table table;
        private final CsvTable csv;

        Subject(Book book, String name, List<Column> columns, Path file) throws IOException {
            table = book.table(name, columns);
            csv = new CsvTable(
                    new BufferedOutputStream(Files.newOutputStream(file)),
                    columns.stream().map(Column::title).toList(),
                    book.zone());
        }

        static Path beside(Path files, String ending) {
            return files.resolveSibling(files.getFileName() + ending);
        }

        void row(List<Cell> cells) {
            try {
                table.row(cells);
                csv.row(cells);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** For its sums, once it is closed. */
        Book.Table table() {
            return table;
        }

        @Override
        public void close() throws IOException {
            try (csv) {
                table.close();
            }
        }
    }

    /** Taxes, then what was paid: they come by role, and one sheet of a workbook is open at a time. */
    private static final class Shares implements Closeable {
        private final Book book;
        private final Path files;
        private final Sums sums;
        private final Subject taxes;
        private @Nullable Subject tenders;

        Shares(Book book, Path files, Sums sums) throws IOException {
            this.book = book;
            this.files = files;
            this.sums = sums;
            taxes = new Subject(book, "Impuestos", TAXES, Subject.beside(files, "-impuestos.csv"));
        }

        void take(Subtotal each) {
            sums.add(each);
            if (each.role() == AccountRole.TAX) taxes.row(tax(each));
            if (each.role() == AccountRole.TENDER) tenders().row(tender(each));
        }

        Subject taxes() {
            return taxes;
        }

        Subject tenders() {
            Subject begun = tenders;
            if (begun != null) return begun;
            try {
                taxes.close();
                begun = new Subject(book, "Cobros", TENDERS, Subject.beside(files, "-cobros.csv"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            tenders = begun;
            return begun;
        }

        @Override
        public void close() throws IOException {
            tenders().close();
        }
    }

    private static void tie(Book.Sheet control, int row, String what, Cell hub, String formula, boolean money) {
        control.cell(row, 0, Cell.of(what));
        control.cell(row, 1, hub);
        control.formula(row, 2, formula, money);
        control.formula(row, 3, "B" + (row + 1) + "-C" + (row + 1), money);
    }

    private static List<List<Cell>> lines(JournalEntry entry) {
        return entry.lines().stream()
                .map(line -> List.of(
                        Cell.of(entry.reference()),
                        Cell.of(entry.day()),
                        Cell.of(entry.storeCode()),
                        Cell.of(entry.concept()),
                        Cell.of(line.account()),
                        Cell.of(line.accountName()),
                        Cell.of(line.costCenter()),
                        Cell.of(line.debit()),
                        Cell.of(line.credit())))
                .toList();
    }

    private static List<Cell> tax(Subtotal sum) {
        return List.of(
                Cell.of(sum.day()),
                Cell.of(sum.store()),
                Cell.of(AccountWords.kind(sum.kind())),
                Cell.of(sum.base()),
                Cell.of(sum.amount()),
                Cell.of(sum.base().plus(sum.amount())));
    }

    private static List<Cell> tender(Subtotal sum) {
        return List.of(
                Cell.of(sum.day()),
                Cell.of(sum.store()),
                Cell.of(AccountWords.kind(sum.kind())),
                Cell.of(sum.amount().minus(sum.base())),
                Cell.of(sum.base()),
                Cell.of(sum.amount()));
    }

    private static List<Cell> ticket(TicketRow ticket) {
        return List.of(
                Cell.of(ticket.reference()),
                Cell.of(ticket.store()),
                Cell.of(ticket.folio()),
                Cell.of(ticket.day()),
                Cell.of(ticket.soldAt()),
                Cell.of(ticket.cashier()),
                Cell.of(ticket.net()),
                Cell.of(ticket.discount()),
                Cell.of(ticket.tax()),
                Cell.of(ticket.cores()),
                Cell.of(ticket.total()),
                Cell.of(ticket.corrects() ? "sí" : ""));
    }
}
