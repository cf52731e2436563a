package mx.refahub.hub.accounting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.erp.Posting;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tickets as documents, made anew from the ledger each time that they go out: a sale does not change, and what the ERP calls things is what it is called today. */
final class DocumentPostings {
    private final JdbcClient jdbc;

    DocumentPostings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Invoices and credit notes of a claim that are not settled, then its payments, then suppliers' invoices. */
    List<Posting> of(UUID token) {
        name(token);
        List<Posting> postings = new ArrayList<>();
        Rows rows = new Rows(postings);
        // A credit note names the invoice that it takes from where it is one only.
        jdbc.sql("""
            select d.reference, d.piece = 'INVOICE', d.day, d.customer, st.code, coalesce(w.theirs, ''), coalesce(r.corrects, ''),
                coalesce(case
                    when l.kind in ('CORE_DEPOSIT', 'CORE_RETURN', 'VOUCHER', 'MISC', 'MISC_RETURN') then i.theirs
                    else l.line_code || '-' || l.part_number
                end, ''), l.description, l.quantity, l.net, l.discount, coalesce(x.theirs, ''), l.tax
            from erp_delivery d
            join sale s on s.id = d.subject
            join store st on st.id = s.store_id
            join sale_line l on l.sale_id = s.id
                and case when l.net - l.discount + l.tax = 0 then l.quantity >= 0 else l.net - l.discount + l.tax > 0 end = (d.piece = 'INVOICE')
            left join erp_code w on w.target = d.target and w.kind = 'WAREHOUSE' and w.ours = st.code
            left join erp_code x on x.target = d.target and x.kind = 'TAX'
                and x.ours = case when l.tax_factor = 'RATE' then trim_scale(l.tax_rate * 100)::text || '%' else l.tax_factor end
            left join erp_code i on i.target = d.target and i.ours = ''
                and i.kind = case when l.kind in ('CORE_DEPOSIT', 'CORE_RETURN') then 'CORE_ITEM' when l.kind = 'VOUCHER' then 'VOUCHER_ITEM' else 'MISC_ITEM' end
            left join lateral (
                select accounting_reference(min(b.return_sale::text)::uuid) as corrects
                from sale_line b
                where b.sale_id = s.id
                and b.return_sale is not null
                having count(distinct b.return_sale) = 1) r on d.piece = 'CREDIT_NOTE'
            where d.claim = :token
            and d.state = 'WAITING'
            and d.piece in ('INVOICE', 'CREDIT_NOTE')
            order by d.day, d.position, d.reference, l.position
            """).param("token", token).query(rows);
        rows.end();
        postings.addAll(jdbc.sql("""
            select d.reference, d.day, d.needs, t.back, coalesce(n.customer, ''), coalesce(k.theirs, ''), t.kind in ('CASH', 'CASH_USD'), d.amount
            from erp_delivery d
            join lateral (
                select kind, amount < 0 as back
                from sale_tender
                where id = d.subject
                and d.piece = 'PAYMENT'
                union all
                select coalesce(tender, 'CHEQUE'), false
                from account_entry
                where id = d.subject
                and d.piece = 'RECEIPT') t on true
            left join erp_delivery n on n.target = d.target and n.reference = d.needs
            left join erp_code k on k.target = d.target and k.kind = 'TENDER' and k.ours = t.kind
            where d.claim = :token
            and d.state = 'WAITING'
            and d.piece in ('PAYMENT', 'RECEIPT')
            order by d.day, d.position, d.reference
            """)
                .param("token", token)
                .query((row, n) -> new Posting.Payment(
                        row.getString(1),
                        row.getObject(2, LocalDate.class),
                        row.getString(3),
                        row.getBoolean(4),
                        row.getString(5),
                        row.getString(6),
                        row.getBoolean(7) ? Posting.AccountKind.CASH : Posting.AccountKind.BANK,
                        Money.mxn(row.getLong(8))))
                .list());
        bills(token, postings);
        return postings;
    }

    /** A part goes by its code, what is none of ours by the item of sundries; what rounding leaves over goes with the line of most tax. */
    private void bills(UUID token, List<Posting> postings) {
        BillRows rows = new BillRows(postings);
        jdbc.sql("""
            select d.reference, d.piece = 'BILL_CREDIT', d.day, coalesce(c.theirs, ''), concat_ws('-', nullif(i.series, ''), nullif(i.folio, '')), d.branch,
                coalesce(w.theirs, ''), coalesce(case when l.part_id is null then m.theirs else p.line_code || '-' || p.part_number end, ''),
                l.description, round(l.quantity * 1000)::bigint, l.net, coalesce(x.theirs, ''),
                l.tax + case
                    when row_number() over (partition by i.id order by l.tax desc, l.position) = 1 then i.total - sum(l.net + l.tax) over (partition by i.id)
                    else 0
                end::bigint
            from erp_delivery d
            join supplier_invoice i on i.id = d.subject
            join supplier s on s.id = i.supplier_id
            join supplier_invoice_line l on l.invoice_id = i.id
            left join part p on p.id = l.part_id
            left join erp_code c on c.target = d.target and c.kind = 'SUPPLIER' and c.ours = s.code
            left join erp_code w on w.target = d.target and w.kind = 'WAREHOUSE' and w.ours = d.branch
            left join erp_code m on m.target = d.target and m.kind = 'MISC_ITEM' and m.ours = ''
            left join erp_code x on x.target = d.target and x.kind = 'PURCHASE_TAX'
                and x.ours = case when l.tax_factor = 'RATE' then trim_scale(l.tax_rate * 100)::text || '%' else l.tax_factor end
            where d.claim = :token
            and d.state = 'WAITING'
            and d.piece in ('BILL', 'BILL_CREDIT')
            order by d.day, d.position, d.reference, l.position
            """).param("token", token).query(rows);
        rows.end();
    }

    /** Whose they are, for good: what may stand there already keeps its customer, and its payments name the same. In the books of another company nothing stands. */
    private void name(UUID token) {
        jdbc.sql("""
            update erp_delivery d
            set books = erp_books(d.target), customer = coalesce(
                (select min(e.code)
                from sale s
                join erp_customer e on e.target = d.target and e.books = erp_books(d.target) and e.customer_id = s.customer_id
                where s.id = d.subject),
                (select c.theirs
                from erp_code c
                where c.target = d.target
                and c.kind = 'CUSTOMER'
                and c.ours = ''), '')
            where d.claim = :token
            and d.state = 'WAITING'
            and d.piece in ('INVOICE', 'CREDIT_NOTE')
            and (d.customer is null or d.books is distinct from erp_books(d.target))
            """).param("token", token).update();
    }

    private record Head(
            String reference,
            boolean invoice,
            LocalDate day,
            String customer,
            String branch,
            String warehouse,
            String corrects) {}

    /** Puts lines that follow each other together into documents; what came back is above zero in a credit note. */
    private static final class Rows implements RowCallbackHandler {
        private final List<Posting> postings;
        private final List<Posting.Line> lines = new ArrayList<>();
        private @Nullable Head head;

        Rows(List<Posting> postings) {
            this.postings = postings;
        }

        @Override
        public void processRow(ResultSet row) throws SQLException {
            Head now = new Head(
                    row.getString(1),
                    row.getBoolean(2),
                    row.getObject(3, LocalDate.class),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7));
            if (!now.equals(head)) {
                end();
                head = now;
            }
            long sign = now.invoice() ? 1 : -1;
            lines.add(new Posting.Line(
                    row.getString(8),
                    row.getString(9),
                    new Quantity(sign * row.getLong(10)),
                    Money.mxn(sign * row.getLong(11)),
                    Money.mxn(sign * row.getLong(12)),
                    row.getString(13),
                    Money.mxn(sign * row.getLong(14))));
        }

        void end() {
            Head whole = head;
            if (whole == null) return;
            Money total = lines.stream()
                    .map(line -> line.base().plus(line.taxAmount()))
                    .reduce(Money.mxn(0), Money::plus);
            postings.add(
                    whole.invoice()
                            ? new Posting.Invoice(
                                    whole.reference(),
                                    whole.day(),
                                    whole.customer(),
                                    whole.branch(),
                                    whole.warehouse(),
                                    lines,
                                    total)
                            : new Posting.CreditNote(
                                    whole.reference(),
                                    whole.day(),
                                    whole.corrects(),
                                    whole.customer(),
                                    whole.branch(),
                                    whole.warehouse(),
                                    lines,
                                    total));
            head = null;
            lines.clear();
        }
    }

    /** Lines that follow each other as what a supplier has invoiced. */
    private static final class BillRows implements RowCallbackHandler {
        private final List<Posting> postings;
        private final List<Posting.Line> lines = new ArrayList<>();
        private @Nullable BillHead head;

        private record BillHead(
                String reference,
                boolean credit,
                LocalDate day,
                String supplier,
                String theirs,
                String branch,
                String warehouse) {}

        BillRows(List<Posting> postings) {
            this.postings = postings;
        }

        @Override
        public void processRow(ResultSet row) throws SQLException {
            BillHead now = new BillHead(
                    row.getString(1),
                    row.getBoolean(2),
                    row.getObject(3, LocalDate.class),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7));
            if (!now.equals(head)) {
                end();
                head = now;
            }
            lines.add(new Posting.Line(
                    row.getString(8),
                    row.getString(9),
                    new Quantity(row.getLong(10)),
                    Money.mxn(row.getLong(11)),
                    Money.mxn(0),
                    row.getString(12),
                    Money.mxn(row.getLong(13))));
        }

        void end() {
            BillHead whole = head;
            if (whole == null) return;
            Money total = lines.stream()
                    .map(line -> line.base().plus(line.taxAmount()))
                    .reduce(Money.mxn(0), Money::plus);
            postings.add(new Posting.Bill(
                    whole.reference(),
                    whole.day(),
                    whole.credit(),
                    whole.supplier(),
                    whole.theirs(),
                    whole.branch(),
                    whole.warehouse(),
                    lines,
                    total));
            head = null;
            lines.clear();
        }
    }
}
