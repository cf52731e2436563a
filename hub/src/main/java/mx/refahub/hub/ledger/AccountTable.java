package mx.refahub.hub.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface AccountTable {
    // --- customers

    @Insert("""
        insert into customer (id, name, found_by, made_at, made_by_store)
        values (#{id}, #{name}, #{foundBy}, #{at}, #{store})
        on conflict (id) do nothing
        """)
    int stub(UUID id, String name, String foundBy, Instant at, UUID store);

    @Select("""
        select id
        from customer
        where id = #{id}
        for update
        """)
    @Nullable
    UUID lock(UUID id);

    /** The customer's fields by their names. */
    record FieldRow(
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
            String notes) {}

    @Select("""
        select name, phone, email, rfc, fiscal_name, postal_code, regime, tax_use, vehicles, price_level, notes
        from customer
        where id = #{id}
        """)
    FieldRow fields(UUID id);

    @Update("""
        update customer
        set name = #{row.name}, phone = #{row.phone}, email = #{row.email}, rfc = #{row.rfc}, fiscal_name = #{row.fiscalName},
            postal_code = #{row.postalCode}, regime = #{row.regime}, tax_use = #{row.taxUse}, vehicles = #{row.vehicles},
            price_level = #{row.priceLevel}, notes = #{row.notes}, found_by = #{foundBy}, customers_version = #{version}
        where id = #{id}
        """)
    int mend(UUID id, FieldRow row, String foundBy, long version);

    @Update("""
        update customer
        set customers_version = #{version}
        where id = #{id}
        """)
    int touch(UUID id, long version);

    @Select("""
        select landed_at
        from document
        where id = #{document}
        """)
    Instant landedAt(UUID document);

    /** Fields of this change that a change with a later receipt has told already. */
    @Select("""
        select distinct k.field
        from customer_change h
        cross join lateral jsonb_object_keys(h.fields) k(field)
        where h.customer_id = #{customer}
        and h.received_at > #{receivedAt}
        """)
    List<String> toldLater(UUID customer, Instant receivedAt);

    @Insert("""
        insert into customer_change (id, customer_id, store_id, fields, before, at, received_at, by_id, by_name, document_id)
        values (#{id}, #{customer}, #{store}, cast(#{fields} as jsonb), cast(#{before} as jsonb), #{at}, #{receivedAt}, #{by}, #{byName},
            #{document})
        on conflict (id) do nothing
        """)
    int insertChange(
            UUID id,
            UUID customer,
            UUID store,
            String fields,
            String before,
            Instant at,
            Instant receivedAt,
            UUID by,
            String byName,
            UUID document);

    // --- accounts

    /** @param amount what it does to the balance */
    record NewEntry(
            UUID id,
            UUID customer,
            UUID store,
            String kind,
            String currency,
            long amount,
            Instant at,
            LocalDate day,
            @Nullable LocalDate dueOn,
            String reference,
            @Nullable String tender,
            @Nullable UUID cashSession,
            String note,
            String byName) {}

    @Insert("""
        insert into account_entry (
            id, customer_id, store_id, kind, currency, amount, at, day, due_on, reference, tender, cash_session_id, note, by_name, document_id)
        values (
            #{e.id}, #{e.customer}, #{e.store}, #{e.kind}, #{e.currency}, #{e.amount}, #{e.at}, #{e.day}, #{e.dueOn}, #{e.reference},
            #{e.tender}, #{e.cashSession}, #{e.note}, #{e.byName}, #{document})
        on conflict (id) do nothing
        """)
    int insertEntry(NewEntry e, UUID document);

    @Insert("""
        insert into account_balance (customer_id, store_id, balance)
        values (#{customer}, #{store}, #{amount})
        on conflict (customer_id, store_id) do update set balance = account_balance.balance + excluded.balance
        """)
    int add(UUID customer, UUID store, long amount);

    @Insert("""
        insert into account_applied (entry_id, charge_id, amount)
        select #{entry}, charge, amount
        from unnest(#{charges}, #{amounts}) as t (charge, amount)
        """)
    int apply(UUID entry, UUID[] charges, Long[] amounts);

    /** Charges that this entry pays and that are paid by more than they are, or are not known. */
    @Select("""
        select coalesce(c.reference || ': ' || (
                select sum(all_of.amount)
                from account_applied all_of
                where all_of.charge_id = a.charge_id) || ' was paid of ' || c.amount, 'a charge that this hub does not know')
        from account_applied a
        left join account_entry c on c.id = a.charge_id
        where a.entry_id = #{entry}
        and (c.id is null or c.amount < (
            select sum(all_of.amount)
            from account_applied all_of
            where all_of.charge_id = a.charge_id))
        """)
    List<String> overpaid(UUID entry);

    record PaidRow(UUID customerId, UUID storeId, long amount, String tender, boolean bounced) {}

    @Select("""
        select customer_id, store_id, -amount as amount, coalesce(tender, '') as tender, bounced_at is not null as bounced
        from account_entry
        where id = #{payment}
        and kind = 'PAYMENT'
        for update
        """)
    @Nullable
    PaidRow payment(UUID payment);

    @Update("""
        update account_entry
        set bounced_at = #{at}
        where id = #{payment}
        """)
    int bounce(UUID payment, Instant at);

    @Insert("""
        insert into account_applied (entry_id, charge_id, amount)
        select #{entry}, charge_id, -amount
        from account_applied
        where entry_id = #{payment}
        """)
    int unapply(UUID entry, UUID payment);
}
