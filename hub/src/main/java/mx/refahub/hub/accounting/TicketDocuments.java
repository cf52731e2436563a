package mx.refahub.hub.accounting;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mx.refahub.domain.erp.ExportRows.DocumentLine;
import mx.refahub.domain.erp.ExportRows.DocumentRow;
import mx.refahub.domain.erp.ExportRows.Paid;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Puts lines of tickets that follow each other together into documents, for files; what came back is above zero in a credit. */
final class TicketDocuments implements RowCallbackHandler {
    /** Goes on with nothing; its parameter is the export. */
    static final String SQL = """
        select not side.sold, accounting_reference(s.id) || case when side.sold then '' else '-N' end, coalesce(r.corrects, ''), st.code,
            coalesce(w.theirs, ''), s.folio_prefix, s.folio_number, e.day, coalesce(s.due_on, e.day),
            coalesce(
                (select min(m.code) from erp_customer m where m.target = e.target and m.books = erp_books(e.target) and m.customer_id = s.customer_id),
                (select c.theirs from erp_code c where c.target = e.target and c.kind = 'CUSTOMER' and c.ours = ''), ''),
            coalesce(b.name, s.customer_name, ''), coalesce(b.rfc, ''), p.places, p.kinds, p.tenders, p.amounts, accounting_reference(s.id),
            coalesce(case
                when l.kind in ('CORE_DEPOSIT', 'CORE_RETURN', 'VOUCHER', 'MISC', 'MISC_RETURN') then i.theirs
                else l.line_code || '-' || l.part_number
            end, ''), l.description, l.unit, l.quantity, l.net, l.discount,
            case when l.tax_factor = 'RATE' then trim_scale(l.tax_rate * 100)::text || '%' else l.tax_factor end, coalesce(x.theirs, ''), l.tax
        from export_entry e
        join store st on st.id = e.store_id
        join export_item t on t.entry_id = e.id and t.documents
        join sale s on s.id = t.sale_id
        left join customer b on b.id = s.customer_id
        join sale_line l on l.sale_id = s.id
        cross join lateral (
            select case when l.net - l.discount + l.tax = 0 then l.quantity >= 0 else l.net - l.discount + l.tax > 0 end as sold) side
        left join erp_code w on w.target = e.target and w.kind = 'WAREHOUSE' and w.ours = st.code
        left join erp_code x on x.target = e.target and x.kind = 'TAX'
            and x.ours = case when l.tax_factor = 'RATE' then trim_scale(l.tax_rate * 100)::text || '%' else l.tax_factor end
        left join erp_code i on i.target = e.target and i.ours = ''
            and i.kind = case when l.kind in ('CORE_DEPOSIT', 'CORE_RETURN') then 'CORE_ITEM' when l.kind = 'VOUCHER' then 'VOUCHER_ITEM' else 'MISC_ITEM' end
        left join lateral (
            select accounting_reference(min(o.return_sale::text)::uuid) as corrects
            from sale_line o
            where o.sale_id = s.id
            and o.return_sale is not null
            having count(distinct o.return_sale) = 1) r on not side.sold
        left join lateral (
            select array_agg(d.position order by d.position) as places, array_agg(d.kind order by d.position) as kinds,
                array_agg(coalesce(k.theirs, '') order by d.position) as tenders, array_agg(abs(d.amount) order by d.position) as amounts
            from sale_tender d
            left join erp_code k on k.target = e.target and k.kind = 'TENDER' and k.ours = d.kind
            where d.sale_id = s.id
            and d.amount <> 0
            and d.kind <> 'ON_ACCOUNT'
            and (d.amount > 0) = side.sold) p on true
        where e.export_id = ?
        order by e.day, st.code, s.folio_prefix, s.folio_number, s.id, side.sold desc, l.position
        """;

    private final Consumer<DocumentRow> taker;
    private final List<DocumentLine> lines = new ArrayList<>();
    private @Nullable DocumentRow head;

    TicketDocuments(Consumer<DocumentRow> taker) {
        this.taker = taker;
    }

    @Override
    public void processRow(ResultSet row) throws SQLException {
        String reference = row.getString(2);
        DocumentRow before = head;
        if (before == null || !before.reference().equals(reference)) {
            end();
            head = new DocumentRow(
                    row.getBoolean(1),
                    reference,
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getLong(7),
                    "%s-%06d".formatted(row.getString(6), row.getLong(7)),
                    row.getObject(8, LocalDate.class),
                    row.getObject(9, LocalDate.class),
                    row.getString(10),
                    row.getString(11),
                    row.getString(12),
                    List.of(),
                    paid(row));
        }
        long sign = row.getBoolean(1) ? -1 : 1;
        lines.add(new DocumentLine(
                row.getString(18),
                row.getString(19),
                row.getString(20),
                new Quantity(sign * row.getLong(21)),
                Money.mxn(sign * row.getLong(22)),
                Money.mxn(sign * row.getLong(23)),
                row.getString(24),
                row.getString(25),
                Money.mxn(sign * row.getLong(26))));
    }

    private static List<Paid> paid(ResultSet row) throws SQLException {
        Array places = row.getArray(13);
        if (places == null) return List.of();
        Integer[] positions = (Integer[]) places.getArray();
        String[] kinds = (String[]) row.getArray(14).getArray();
        String[] tenders = (String[]) row.getArray(15).getArray();
        Long[] amounts = (Long[]) row.getArray(16).getArray();
        List<Paid> paid = new ArrayList<>();
        for (int i = 0; i < positions.length; i++)
            paid.add(new Paid(row.getString(17) + "-P" + positions[i], kinds[i], tenders[i], Money.mxn(amounts[i])));
        return paid;
    }

    /** What follows the last row. A side of a ticket that comes to nothing is no document. */
    void end() {
        DocumentRow whole = head;
        if (whole == null) return;
        DocumentRow filled = new DocumentRow(
                whole.credit(),
                whole.reference(),
                whole.corrects(),
                whole.store(),
                whole.warehouse(),
                whole.series(),
                whole.number(),
                whole.folio(),
                whole.day(),
                whole.due(),
                whole.customer(),
                whole.customerName(),
                whole.customerRfc(),
                lines,
                whole.paid());
        if (!filled.total().isZero()) taker.accept(filled);
        head = null;
        lines.clear();
    }
}
