package mx.refahub.hub.customer;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.mapping.ResultSetType;
import org.jspecify.annotations.Nullable;

/** What the console reads of customers, and the credit lines that it writes. */
@Mapper
interface CustomerTable {
    record ListRow(
            UUID id,
            String name,
            String phone,
            String email,
            String rfc,
            String fiscalName,
            String postalCode,
            String regime,
            String taxUse,
            String vehicles,
            String priceLevel,
            String notes,
            long balance,
            long overdue,
            @Nullable Long limitAmount,
            @Nullable Integer days,
            @Nullable Boolean held,
            @Nullable Long branchLimit,
            @Nullable Instant setAt) {}

    /** @param pattern of {@code like}, one for each word; the row has all of them */
    @Select("""
        select c.id, c.name, c.phone, c.email, c.rfc, c.fiscal_name, c.postal_code, c.regime, c.tax_use, c.vehicles, c.price_level, c.notes,
            coalesce(b.balance, 0) as balance, coalesce(o.overdue, 0) as overdue,
            l.limit_amount, l.days, l.held, l.branch_limit, l.set_at
        from customer c
        left join lateral (
            select sum(balance)::bigint as balance
            from account_balance
            where customer_id = c.id) b on true
        left join lateral (
            select sum(left_of)::bigint as overdue
            from (
                select e.amount - coalesce((select sum(amount) from account_applied where charge_id = e.id), 0) as left_of
                from account_entry e
                where e.customer_id = c.id
                and e.kind in ('CHARGE', 'FEE')
                and e.due_on < #{today}) as due
            where left_of > 0) o on true
        left join lateral (
            select limit_amount, days, held, branch_limit, set_at
            from credit_line
            where customer_id = c.id
            order by set_at desc
            limit 1) l on true
        where c.found_by like all (#{patterns})
        and (cast(#{one} as uuid) is null or c.id = cast(#{one} as uuid))
        and case #{standing}
            when 'OWING' then coalesce(b.balance, 0) > 0
            when 'OVERDUE' then coalesce(o.overdue, 0) > 0
            when 'HELD' then coalesce(l.held, false)
            else true end
        order by case when #{standing} = 'ALL' then 0 else -coalesce(b.balance, 0) end, c.name, c.id
        limit #{limit}
        """)
    List<ListRow> list(String[] patterns, @Nullable UUID one, String standing, LocalDate today, int limit);

    @Select("""
        select id
        from customer
        where id = #{id}
        for update
        """)
    Optional<UUID> lock(UUID id);

    record OpenRow(UUID id, String reference, String code, LocalDate day, LocalDate dueOn, long amount, long left) {}

    @Select("""
        select id, reference, code, day, due_on, amount, left_of as "left"
        from (
            select e.id, e.reference, s.code, e.day, e.due_on, e.amount,
                (e.amount - coalesce((select sum(amount) from account_applied where charge_id = e.id), 0))::bigint as left_of
            from account_entry e
            join store s on s.id = e.store_id
            where e.customer_id = #{customer}
            and e.kind in ('CHARGE', 'FEE')) as charge
        where left_of > 0
        order by day, id
        """)
    List<OpenRow> open(UUID customer);

    record EntryRow(
            UUID id,
            String kind,
            String code,
            long amount,
            Instant at,
            LocalDate day,
            @Nullable LocalDate dueOn,
            String reference,
            String tender,
            boolean bounced,
            String byName) {}

    @Select("""
        select e.id, e.kind, s.code, e.amount, e.at, e.day, e.due_on, e.reference, coalesce(e.tender, '') as tender,
            e.bounced_at is not null as bounced, e.by_name
        from account_entry e
        join store s on s.id = e.store_id
        where e.customer_id = #{customer}
        order by e.at desc, e.id
        limit #{limit}
        """)
    List<EntryRow> entries(UUID customer, int limit);

    @Select("""
        select e.id, e.kind, s.code, e.amount, e.at, e.day, e.due_on, e.reference, coalesce(e.tender, '') as tender,
            e.bounced_at is not null as bounced, e.by_name
        from account_entry e
        join store s on s.id = e.store_id
        where e.customer_id = #{customer}
        order by e.at, e.id
        """)
    @Options(fetchSize = 500, resultSetType = ResultSetType.FORWARD_ONLY)
    Cursor<EntryRow> statement(UUID customer);

    record ChangeRow(
            UUID id, String code, Instant at, Instant receivedAt, String byName, String fields, String before) {}

    @Select("""
        select h.id, coalesce(s.code, 'ERP') as code, h.at, h.received_at, h.by_name, h.fields::text as fields, h.before::text as before
        from customer_change h
        left join store s on s.id = h.store_id
        where h.customer_id = #{customer}
        order by h.received_at desc, h.id desc
        limit #{limit}
        """)
    List<ChangeRow> changes(UUID customer, int limit);

    record LineRow(
            long limitAmount,
            int days,
            boolean held,
            long branchLimit,
            Instant setAt,
            String reason,
            String setByName) {}

    @Select("""
        select limit_amount, days, held, branch_limit, set_at, reason, set_by_name
        from credit_line
        where customer_id = #{customer}
        order by set_at desc
        limit #{limit}
        """)
    List<LineRow> lines(UUID customer, int limit);

    record NewLine(
            UUID customer,
            Instant setAt,
            String currency,
            long limit,
            int days,
            boolean held,
            long branchLimit,
            String reason,
            UUID by,
            String byName,
            String signature) {}

    @Insert("""
        insert into credit_line (
            customer_id, set_at, currency, limit_amount, days, held, branch_limit, reason, set_by, set_by_name, signature)
        values (
            #{customer}, #{setAt}, #{currency}, #{limit}, #{days}, #{held}, #{branchLimit}, #{reason}, #{by}, #{byName},
            #{signature})
        """)
    int insertLine(NewLine line);

    @Update("""
        update customer
        set customers_version = #{version}
        where id = #{id}
        """)
    int touch(UUID id, long version);
}
