package mx.refahub.adapters.sheet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import mx.refahub.adapters.sheet.Book.Column;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.erp.ExportBooks.Export;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.erp.JournalFiles;
import mx.refahub.domain.money.Money;

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

    @Override
    public void write(Company company, Export export, ExportBooks books, Path folder) throws IOException {
        String name = "ventas-" + export.until() + "-" + export.id();
        workbook(company, export, books, folder.resolve(name + ".xlsx"));
        csv(
                folder.resolve(name + "-polizas.csv"),
                ENTRIES,
                rows -> books.entries(export.id(), entry -> lines(entry).forEach(rows)));
        csv(folder.resolve(name + "-impuestos.csv"), TAXES, rows -> taxes(export, books, rows));
        csv(folder.resolve(name + "-cobros.csv"), TENDERS, rows -> tenders(export, books, rows));
        csv(folder.resolve(name + "-tickets.csv"), TICKETS, rows -> tickets(export, books, rows));
    }

    private interface Source {
        void each(Consumer<List<Cell>> rows);
    }

    private void workbook(Company company, Export export, ExportBooks books, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                Book book = new Book(out, zone)) {
            Book.Sheet control = book.front("Control");
            Book.Table entries = table(
                    book,
                    "Pólizas",
                    ENTRIES,
                    rows -> books.entries(export.id(), entry -> lines(entry).forEach(rows)));
            Book.Table taxes = table(book, "Impuestos", TAXES, rows -> taxes(export, books, rows));
            Book.Table tenders = table(book, "Cobros", TENDERS, rows -> tenders(export, books, rows));
            Book.Table tickets = table(book, "Tickets", TICKETS, rows -> tickets(export, books, rows));
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
            tie(control, 7, "Tickets", Cell.of(export.tickets()), tickets.count(2), false);
            tie(control, 8, "Total de los tickets", Cell.of(export.total()), tickets.sum(TOTAL), true);
            // What was applied of deposits paid for tickets too, with money of an earlier day.
            tie(
                    control,
                    9,
                    "Cobrado y anticipos aplicados, sin diferencias",
                    Cell.of(export.total()),
                    tenders.sum(OF_TICKETS) + "+B15-B14+B17",
                    true);
            tie(control, 10, "Base más impuesto, con cascos", Cell.of(export.total()), taxes.sum(5) + "+B17", true);
            control.cell(11, 0, Cell.of("Cargos contra abonos"));
            control.formula(11, 1, entries.sum(DEBIT), true);
            control.formula(11, 2, entries.sum(CREDIT), true);
            control.formula(11, 3, "B12-C12", true);
            control.cell(12, 0, Cell.of("IVA de tickets contra impuestos"));
            control.formula(12, 1, tickets.sum(TAX), true);
            control.formula(12, 2, taxes.sum(4), true);
            control.formula(12, 3, "B13-C13", true);
            // Flagged tickets alone: their tenders and their lines say different amounts.
            control.cell(13, 0, Cell.of("Diferencias por aclarar"));
            control.cell(13, 1, Cell.of(booked(export, books, AccountRole.DIFFERENCE)));
            Money applied = told(export, books, AccountRole.DEPOSITS);
            control.cell(14, 0, Cell.of("Anticipos aplicados a tickets"));
            control.cell(14, 1, Cell.of(applied));
            // As the entries have them: what is owed grew by, what was kept, and what was applied.
            tie(
                    control,
                    15,
                    "Anticipos recibidos menos devueltos",
                    Cell.of(booked(export, books, AccountRole.DEPOSITS)
                            .plus(told(export, books, AccountRole.PENALTIES))
                            .plus(applied)),
                    tenders.sum(OF_DEPOSITS),
                    true);
            // Flagged tickets alone: what is printed as their total is not what their lines come to, which is what is
            // booked.
            control.cell(16, 0, Cell.of("Totales de tickets menos sus renglones"));
            control.cell(16, 1, Cell.of(export.total().minus(lines(export, books))));
            control.freeze(7);
            control.finish();
        }
    }

    /** Of deposits: what was applied to tickets, what was kept. */
    private static Money told(Export export, ExportBooks books, AccountRole role) {
        AtomicLong sum = new AtomicLong();
        books.subtotals(export.id(), each -> {
            if (each.role() == role) sum.addAndGet(each.amount().minor());
        });
        return Money.mxn(sum.get());
    }

    private static Money lines(Export export, ExportBooks books) {
        AtomicLong sum = new AtomicLong();
        books.subtotals(export.id(), each -> {
            if (each.role() == AccountRole.TAX)
                sum.addAndGet(each.base().plus(each.amount()).minor());
        });
        return Money.mxn(sum.get());
    }

    /** Credits less debits of a role. */
    private static Money booked(Export export, ExportBooks books, AccountRole role) {
        AtomicLong sum = new AtomicLong();
        books.entries(
                export.id(),
                entry -> entry.lines().stream()
                        .filter(line -> line.role() == role)
                        .forEach(line ->
                                sum.addAndGet(line.credit().minus(line.debit()).minor())));
        return Money.mxn(sum.get());
    }

    private static void tie(Book.Sheet control, int row, String what, Cell hub, String formula, boolean money) {
        control.cell(row, 0, Cell.of(what));
        control.cell(row, 1, hub);
        control.formula(row, 2, formula, money);
        control.formula(row, 3, "B" + (row + 1) + "-C" + (row + 1), money);
    }

    private static Book.Table table(Book book, String name, List<Column> columns, Source source) throws IOException {
        try (Book.Table table = book.table(name, columns)) {
            source.each(cells -> {
                try {
                    table.row(cells);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return table;
        }
    }

    private static void csv(Path file, List<Column> columns, Source source) throws IOException {
        try (CsvTable table = new CsvTable(
                new BufferedOutputStream(Files.newOutputStream(file)),
                columns.stream().map(Column::title).toList())) {
            source.each(cells -> {
                try {
                    table.row(cells);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
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

    private static void taxes(Export export, ExportBooks books, Consumer<List<Cell>> rows) {
        books.subtotals(export.id(), sum -> {
            if (sum.role() == AccountRole.TAX)
                rows.accept(List.of(
                        Cell.of(sum.day()),
                        Cell.of(sum.store()),
                        Cell.of(sum.kind()),
                        Cell.of(sum.base()),
                        Cell.of(sum.amount()),
                        Cell.of(sum.base().plus(sum.amount()))));
        });
    }

    private static void tenders(Export export, ExportBooks books, Consumer<List<Cell>> rows) {
        books.subtotals(export.id(), sum -> {
            if (sum.role() == AccountRole.TENDER)
                rows.accept(List.of(
                        Cell.of(sum.day()),
                        Cell.of(sum.store()),
                        Cell.of(sum.kind()),
                        Cell.of(sum.amount().minus(sum.base())),
                        Cell.of(sum.base()),
                        Cell.of(sum.amount())));
        });
    }

    private static void tickets(Export export, ExportBooks books, Consumer<List<Cell>> rows) {
        books.tickets(
                export.id(),
                ticket -> rows.accept(List.of(
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
                        Cell.of(ticket.corrects() ? "sí" : ""))));
    }
}
