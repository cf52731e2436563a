package mx.refahub.hub.accounting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mx.refahub.domain.erp.ExportRows.BillRow;
import mx.refahub.domain.erp.ExportRows.DocumentLine;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Puts lines of suppliers' invoices that follow each other together into documents, for files. */
final class BillDocuments implements RowCallbackHandler {
    /**
     * Its parameter is the export. A part goes by its code, what is none of ours by the item of sundries; what rounding leaves over goes with the line of most
     * tax.
     */
    static final String SQL = """
        select i.kind = 'E', 'RH-' || upper(i.fiscal_id::text), i.fiscal_id::text, i.series, i.folio, st.code, coalesce(w.theirs, ''), e.day,
            coalesce(c.theirs, ''), s.name, coalesce(nullif(s.rfc, ''), i.issuer_rfc),
            coalesce(case when l.part_id is null then m.theirs else p.line_code || '-' || p.part_number end, ''), l.description, l.unit,
            round(l.quantity * 1000)::bigint, l.net, case when l.tax_factor = 'RATE' then trim_scale(l.tax_rate * 100)::text || '%' else l.tax_factor end,
            coalesce(x.theirs, ''), l.tax + case
                when row_number() over (partition by i.id order by l.tax desc, l.position) = 1 then i.total - sum(l.net + l.tax) over (partition by i.id)
                else 0
            end::bigint
        from export_entry e
        join store st on st.id = e.store_id
        join export_matter t on t.entry_id = e.id and t.documents and t.kind = 'PURCHASE'
        join supplier_invoice i on i.id = t.matter_id
        join supplier s on s.id = i.supplier_id
        join supplier_invoice_line l on l.invoice_id = i.id
        left join part p on p.id = l.part_id
        left join erp_code c on c.target = e.target and c.kind = 'SUPPLIER' and c.ours = s.code
        left join erp_code w on w.target = e.target and w.kind = 'WAREHOUSE' and w.ours = st.code
        left join erp_code m on m.target = e.target and m.kind = 'MISC_ITEM' and m.ours = ''
        left join erp_code x on x.target = e.target and x.kind = 'PURCHASE_TAX'
            and x.ours = case when l.tax_factor = 'RATE' then trim_scale(l.tax_rate * 100)::text || '%' else l.tax_factor end
        where e.export_id = ?
        order by e.day, st.code, i.id, l.position
        """;

    private final Consumer<BillRow> taker;
    private final List<DocumentLine> lines = new ArrayList<>();
    private @Nullable BillRow head;

    BillDocuments(Consumer<BillRow> taker) {
        this.taker = taker;
    }

    @Override
    public void processRow(ResultSet row) throws SQLException {
        String reference = row.getString(2);
        BillRow before = head;
        if (before == null || !before.reference().equals(reference)) {
            end();
            head = new BillRow(
                    row.getBoolean(1),
                    reference,
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7),
                    row.getObject(8, LocalDate.class),
                    row.getString(9),
                    row.getString(10),
                    row.getString(11),
                    List.of());
        }
        lines.add(new DocumentLine(
                row.getString(12),
                row.getString(13),
                row.getString(14),
                new Quantity(row.getLong(15)),
                Money.mxn(row.getLong(16)),
                Money.mxn(0),
                row.getString(17),
                row.getString(18),
                Money.mxn(row.getLong(19))));
    }

    /** What follows the last row. */
    void end() {
        BillRow whole = head;
        if (whole == null) return;
        taker.accept(new BillRow(
                whole.credit(),
                whole.reference(),
                whole.fiscalId(),
                whole.series(),
                whole.folio(),
                whole.store(),
                whole.warehouse(),
                whole.day(),
                whole.supplier(),
                whole.supplierName(),
                whole.supplierRfc(),
                lines));
        head = null;
        lines.clear();
    }
}
