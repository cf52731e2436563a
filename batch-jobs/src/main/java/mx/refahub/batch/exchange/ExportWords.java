package mx.refahub.batch.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import mx.refahub.batch.run.DayWords;
import mx.refahub.domain.erp.ExportBooks.Export;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an export took and what a system got of it, in words: entries and documents by their names. */
final class ExportWords {
    private ExportWords() {}

    /**
     * @param documents tickets that go as documents
     * @param entries that have something to book
     * @param corrections of those
     */
    private record Taken(long documents, long entries, long corrections, long bills, long receipts) {}

    static String taken(DataSource source, Export export) {
        if (export.entries() == 0) return "No hay nada por exportar hasta el " + DayWords.of(export.until()) + ".";
        Taken taken = JdbcClient.create(source)
                .sql("""
                    select
                        (select count(*) from export_item i join export_entry e on e.id = i.entry_id where e.export_id = :export and i.documents),
                        (select count(*) from export_entry e where e.export_id = :export and exists (select from export_entry_line l where l.entry_id = e.id)),
                        (select count(*) from export_entry e where e.export_id = :export and e.number > 1
                            and exists (select from export_entry_line l where l.entry_id = e.id)),
                        (select count(*) from export_matter m join export_entry e on e.id = m.entry_id where e.export_id = :export
                            and m.documents and m.kind = 'PURCHASE'),
                        (select count(*) from export_matter m join export_entry e on e.id = m.entry_id where e.export_id = :export
                            and m.documents and m.kind = 'ACCOUNT')
                    """)
                .param("export", export.id())
                .query(ExportWords::row)
                .single();
        return sentence(taken, export);
    }

    private static Taken row(ResultSet row, int number) throws SQLException {
        return new Taken(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
    }

    private static String sentence(Taken taken, Export export) {
        long booked = export.tickets() - taken.documents();
        List<String> said = new ArrayList<>();
        if (taken.documents() > 0)
            said.add(counted(taken.documents(), "ticket como documentos", "tickets como documentos"));
        String corrections = taken.corrections() == 0
                ? ""
                : String.format(Locale.ROOT, " (%,d de complemento)", taken.corrections());
        String entries = counted(taken.entries(), "póliza", "pólizas") + corrections;
        if (booked > 0) said.add(counted(booked, "ticket", "tickets") + " en " + entries);
        else if (taken.entries() > 0)
            said.add(entries + " de lo que no es ticket (caja, apartados, pagos a cuenta, compras)");
        if (taken.bills() > 0) said.add(counted(taken.bills(), "compra como documento", "compras como documentos"));
        if (taken.receipts() > 0)
            said.add(counted(taken.receipts(), "pago a cuenta como documento", "pagos a cuenta como documentos"));
        String what = said.isEmpty() ? "Nada que asentar" : String.join("; ", said);
        return export.tickets() == 0
                ? what + "."
                : what + ". Los tickets suman " + export.total().text() + ".";
    }

    /** @param state of the deliveries */
    static String delivered(DataSource source, Export export, String state) {
        List<String> pieces = JdbcClient.create(source)
                .sql("""
                            select piece, count(*)
                            from erp_delivery
                            where export_id = :export
                            and state = :state
                            group by piece
                            order by array_position(
                                array['ENTRY', 'INVOICE', 'CREDIT_NOTE', 'PAYMENT', 'RECEIPT', 'BILL', 'BILL_CREDIT'], piece)
                            """)
                .param("export", export.id())
                .param("state", state)
                .query((row, n) -> piece(row.getString(1), row.getLong(2)))
                .list();
        if (pieces.size() < 2) return String.join("", pieces);
        return String.join(", ", pieces.subList(0, pieces.size() - 1)) + " y " + pieces.getLast();
    }

    private static String piece(String piece, long count) {
        return switch (piece) {
            case "ENTRY" -> counted(count, "póliza", "pólizas");
            case "INVOICE" -> counted(count, "factura", "facturas");
            case "CREDIT_NOTE" -> counted(count, "nota de crédito", "notas de crédito");
            case "PAYMENT" -> counted(count, "pago", "pagos");
            case "RECEIPT" -> counted(count, "pago a cuenta", "pagos a cuenta");
            case "BILL" -> counted(count, "factura de proveedor", "facturas de proveedor");
            case "BILL_CREDIT" -> counted(count, "nota de crédito de proveedor", "notas de crédito de proveedor");
            default -> throw new IllegalArgumentException("piece " + piece);
        };
    }

    static String counted(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }
}
