package mx.refahub.hub.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.sale.Folio;
import mx.refahub.domain.wire.BankDepositBody;
import mx.refahub.domain.wire.CashMovementBody;
import mx.refahub.domain.wire.CashSessionClosedBody;
import mx.refahub.domain.wire.CashSessionOpenedBody;
import mx.refahub.domain.wire.CashSessionReopenedBody;
import mx.refahub.domain.wire.CashierSwitchedBody;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

@Mapper
interface CashTable {
    @Insert("""
        insert into cash_session (
            id, store_id, register_id, opened_by, opened_by_name, opened_at, opening_float, currency, document_id)
        values (
            #{session.id}, #{session.store}, #{session.register}, #{session.openedBy}, #{session.openedByName}, #{session.openedAt},
            #{session.openingFloat}, #{session.currency}, #{document})
        on conflict (id) do nothing
        """)
    int insert(CashSessionOpenedBody session, UUID document);

    @Select("""
        select exists (
            select 1
            from cash_session
            where id = #{session}
            and store_id = #{store})
        """)
    boolean knows(UUID session, UUID store);

    @Insert("""
        insert into cash_movement (
            id, store_id, cash_session_id, register_id, kind, currency, amount, reason, note, reference, by_id, by_name, approved_by_name, at,
            document_id)
        values (
            #{m.id}, #{m.store}, #{m.session}, #{m.register}, #{m.kind}, #{m.currency}, #{m.amount}, #{m.reason}, #{m.note}, #{m.reference},
            #{m.by}, #{m.byName}, #{m.approvedByName}, #{m.at}, #{document})
        on conflict (id) do nothing
        """)
    int insertMovement(CashMovementBody m, UUID document);

    @Insert("""
        insert into cashier_switch (id, store_id, cash_session_id, from_id, from_name, to_id, to_name, at, document_id)
        values (#{s.id}, #{s.store}, #{s.session}, #{s.from}, #{s.fromName}, #{s.to}, #{s.toName}, #{s.at}, #{document})
        on conflict (id) do nothing
        """)
    int insertSwitch(CashierSwitchedBody s, UUID document);

    @Insert("""
        insert into cash_reopening (id, store_id, cash_session_id, z_number, reason, by_id, by_name, at, document_id)
        values (#{r.id}, #{r.store}, #{r.session}, #{r.zNumber}, #{r.reason}, #{r.by}, #{r.byName}, #{r.at}, #{document})
        on conflict (id) do nothing
        """)
    int insertReopening(CashSessionReopenedBody r, UUID document);

    @Insert("""
        insert into cash_z (
            id, store_id, cash_session_id, register_id, number, supersedes, business_day, opened_at, cashier_id, cashier_name, closed_at,
            closed_by, closed_by_name, journal_rows, journal_hash, currency, sales_count, first_folio, last_folio, net, discount, tax, cores,
            total, document_id)
        values (
            #{z.id}, #{z.store}, #{z.session}, #{z.register}, #{z.zNumber}, #{z.supersedes}, #{z.businessDay}, #{z.openedAt}, #{z.cashier},
            #{z.cashierName}, #{z.closedAt}, #{z.closedBy}, #{z.closedByName}, #{z.journalRows}, #{z.journalHash}, #{z.currency},
            #{z.sales.count}, #{z.sales.firstFolio}, #{z.sales.lastFolio}, #{z.sales.net}, #{z.sales.discount}, #{z.sales.tax},
            #{z.sales.cores}, #{z.sales.total}, #{document})
        on conflict (id) do nothing
        """)
    int insertZ(CashSessionClosedBody z, UUID document);

    @Insert("""
        <script>
        insert into cash_z_tender (
            cash_z_id, kind, currency, opening, received, change, paid_in, paid_out, drops, expected, counted, difference, reason)
        values
        <foreach collection="tenders" item="t" separator=",">
            (#{z}, #{t.kind}, #{t.currency}, #{t.opening}, #{t.received}, #{t.change}, #{t.paidIn}, #{t.paidOut}, #{t.drops}, #{t.expected},
            #{t.counted}, #{t.difference}, #{t.reason})
        </foreach>
        </script>
        """)
    int insertTenders(UUID z, List<CashSessionClosedBody.TenderBody> tenders);

    @Insert("""
        <script>
        insert into cash_z_tax (cash_z_id, object, factor, rate, base, tax)
        values
        <foreach collection="taxes" item="t" separator=",">
            (#{z}, #{t.object}, #{t.factor}, cast(#{t.rate} as numeric), #{t.base}, #{t.tax})
        </foreach>
        </script>
        """)
    int insertTaxes(UUID z, List<CashSessionClosedBody.TaxBody> taxes);

    @Insert("""
        <script>
        insert into cash_z_pieces (cash_z_id, currency, form, value, pieces)
        values
        <foreach collection="pieces" item="p" separator=",">
            (#{z}, #{p.currency}, #{p.form}, #{p.value}, #{p.pieces})
        </foreach>
        </script>
        """)
    int insertPieces(UUID z, List<CashSessionClosedBody.PiecesBody> pieces);

    @Insert("""
        insert into bank_deposit (id, store_id, day, bank, account, currency, total, at, by_id, by_name, document_id)
        values (
            #{d.id}, #{d.store}, #{d.day}, #{d.bank}, #{d.account}, #{d.currency}, #{d.total}, #{d.at}, #{d.by}, #{d.byName}, #{document})
        on conflict (id) do nothing
        """)
    int insertDeposit(BankDepositBody d, UUID document);

    @Insert("""
        <script>
        insert into bank_deposit_pieces (bank_deposit_id, form, value, pieces)
        values
        <foreach collection="pieces" item="p" separator=",">
            (#{deposit}, #{p.form}, #{p.value}, #{p.pieces})
        </foreach>
        </script>
        """)
    int insertDepositPieces(UUID deposit, List<BankDepositBody.PiecesBody> pieces);

    /** What leaves the drawer is negative, as in a Z. */
    record TenderSums(
            String kind,
            String currency,
            long opening,
            long received,
            long change,
            long paidIn,
            long paidOut,
            long drops) {}

    /** What the hub's own documents of the session come to until then, per tender. Dollars go into the drawer as dollars, and their change out of it in pesos. */
    @Select("""
        select kind, currency, sum(opening)::bigint as opening, sum(received)::bigint as received, sum(change)::bigint as change,
            sum(paid_in)::bigint as paid_in, sum(paid_out)::bigint as paid_out, sum(drops)::bigint as drops
        from (
            select 'CASH' as kind, currency, opening_float as opening, 0 as received, 0 as change, 0 as paid_in, 0 as paid_out, 0 as drops
            from cash_session
            where id = #{session}
            union all
            select m.kind, m.currency, 0, m.received, m.change, 0, 0, 0
            from sale s
            join sale_tender t on t.sale_id = s.id
            cross join lateral (
                values
                    (t.kind, s.currency, t.received, case t.kind when 'CASH_USD' then 0 else t.amount - t.received end),
                    ('CASH', s.currency, 0, case t.kind when 'CASH_USD' then t.amount - t.received else 0 end),
                    ('CASH', t.foreign_currency, t.foreign_given, 0)) as m (kind, currency, received, change)
            where s.cash_session_id = #{session}
            and s.store_id = #{store}
            and s.sold_at <= #{until}
            and (m.kind = t.kind or t.kind = 'CASH_USD')
            and m.received is not null
            union all
            select 'CASH', currency, 0, 0, 0,
                case kind when 'PAID_IN' then amount else 0 end,
                case kind when 'PAID_OUT' then -amount else 0 end,
                case kind when 'DROP' then -amount else 0 end
            from cash_movement
            where cash_session_id = #{session}
            and at <= #{until}
            union all
            select tender, currency, 0, 0, 0, -amount, 0, 0
            from account_entry
            where cash_session_id = #{session}
            and store_id = #{store}
            and kind = 'PAYMENT'
            and at <= #{until}
            union all
            select tender, currency, 0, 0, 0, case kind when 'TAKEN' then amount else 0 end, case kind when 'RETURNED' then amount else 0 end, 0
            from promise_entry
            where cash_session_id = #{session}
            and store_id = #{store}
            and at <= #{until}
            union all
            select 'CASH', foreign_currency, 0, 0, 0, foreign_given, 0, 0
            from promise_entry
            where cash_session_id = #{session}
            and store_id = #{store}
            and foreign_given is not null
            and at <= #{until}) as moved
        group by kind, currency
        order by kind, currency
        """)
    List<TenderSums> tenderSums(UUID session, UUID store, Instant until);

    record SaleSums(
            long sales,
            String prefix,
            long first,
            long last,
            long net,
            long discount,
            long tax,
            long cores,
            long total,
            long vouchers) {
        String firstFolio() {
            return sales == 0 ? "" : new Folio(prefix, first).text();
        }

        String lastFolio() {
            return sales == 0 ? "" : new Folio(prefix, last).text();
        }
    }

    @Select("""
        select count(*) as sales,
            coalesce(min(folio_prefix), '') as prefix, coalesce(min(folio_number), 0) as first, coalesce(max(folio_number), 0) as last,
            coalesce(sum(net), 0)::bigint as net, coalesce(sum(discount), 0)::bigint as discount, coalesce(sum(tax), 0)::bigint as tax,
            coalesce(sum(cores), 0)::bigint as cores, coalesce(sum(total), 0)::bigint as total,
            coalesce(sum((
                select sum(l.total)
                from sale_line l
                where l.sale_id = sale.id
                and l.kind = 'VOUCHER')), 0)::bigint as vouchers
        from sale
        where cash_session_id = #{session}
        and store_id = #{store}
        and sold_at <= #{until}
        """)
    SaleSums saleSums(UUID session, UUID store, Instant until);

    record TaxSums(String object, String factor, String rate, long base, long tax) {}

    @Select("""
        select l.tax_object as object, l.tax_factor as factor, l.tax_rate::text as rate, sum(l.base)::bigint as base, sum(l.tax)::bigint as tax
        from sale s
        join sale_line l on l.sale_id = s.id
        where s.cash_session_id = #{session}
        and s.store_id = #{store}
        and s.sold_at <= #{until}
        group by l.tax_object, l.tax_factor, l.tax_rate
        order by l.tax_object, l.tax_factor, l.tax_rate
        """)
    List<TaxSums> taxSums(UUID session, UUID store, Instant until);

    /**
     * @param before highest number of the register below this one; 0 for none
     * @param twice another Z of the register has the number
     * @param superseded highest number of the session below this one; 0 for none
     * @param pending documents that the store wrote before and that are not applied
     */
    record Numbers(long before, boolean twice, long superseded, long pending) {}

    @Select("""
        select
            (select coalesce(max(number), 0) from cash_z where register_id = #{z.register} and number < #{z.zNumber}) as before,
            exists (select 1 from cash_z where register_id = #{z.register} and number = #{z.zNumber} and id <> #{z.id}) as twice,
            (select coalesce(max(number), 0) from cash_z where cash_session_id = #{z.session} and number < #{z.zNumber}) as superseded,
            (
                select count(*)
                from document d
                join document_to_apply q on q.store_id = d.store_id and (q.epoch, q.sequence) < (d.epoch, d.sequence)
                where d.id = #{document}) as pending
        """)
    Numbers numbers(CashSessionClosedBody z, UUID document);
}
