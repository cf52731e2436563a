package mx.refahub.hub.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.wire.PromiseMadeBody;
import mx.refahub.domain.wire.PromisePaymentBody;
import mx.refahub.domain.wire.SaleBody;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface PromiseTable {
    @Insert("""
        insert into promise (
            id, store_id, kind, number, customer_id, customer_name, phone, currency, total, day, due_on, plan, note, made_at, by_name, document_id)
        values (
            #{p.id}, #{p.store}, #{p.kind}, #{p.number}, #{p.customer}, #{p.customerName}, #{p.phone}, #{p.currency}, #{p.totals.total},
            #{p.businessDay}, #{p.dueOn}, cast(#{plan} as jsonb), #{p.note}, #{p.at}, #{p.byName}, #{document})
        on conflict (id) do nothing
        """)
    int insert(PromiseMadeBody p, String plan, UUID document);

    @Insert("""
        <script>
        insert into promise_line (promise_id, position, kind, part_id, line_code, part_number, description, quantity, total)
        values
        <foreach collection="lines" item="line" index="i" separator=",">
            (#{promise}, #{i} + 1, #{line.kind}, #{line.part}, #{line.lineCode}, #{line.partNumber}, #{line.description}, #{line.quantity},
            #{line.total})
        </foreach>
        </script>
        """)
    int insertLines(UUID promise, List<SaleBody.LineBody> lines);

    record Head(
            UUID id,
            UUID storeId,
            String kind,
            String number,
            long total,
            @Nullable Instant closedAt) {}

    /** Documents of one promise follow each other. */
    @Select("""
        select id, store_id, kind, number, total, closed_at
        from promise
        where id = #{id}
        for update
        """)
    @Nullable
    Head lock(UUID id);

    /** What a sale kept, with what of its deposit paid it. */
    @Select("""
        select p.id, p.kind, p.number, coalesce(sum(-e.amount), 0)::bigint as deposit
        from promise p
        left join promise_entry e on e.promise_id = p.id and e.id = p.sale_id and e.kind = 'APPLIED'
        where p.sale_id = #{sale}
        group by p.id
        """)
    SaleBody.@Nullable PromiseBody soldBy(UUID sale);

    @Select("""
        select coalesce(sum(amount), 0)::bigint
        from promise_entry
        where promise_id = #{promise}
        """)
    long held(UUID promise);

    record NewEntry(
            UUID id,
            UUID promise,
            UUID store,
            String kind,
            String currency,
            long amount,
            @Nullable String tender,
            @Nullable UUID cashSession,
            String reference,
            Instant at,
            LocalDate day,
            String byName,
            PromisePaymentBody.@Nullable ForeignBody foreign) {}

    @Insert("""
        insert into promise_entry (
            id, promise_id, store_id, kind, currency, amount, tender, cash_session_id, reference, at, day, by_name, foreign_currency, foreign_given,
            foreign_rate, document_id)
        values (
            #{e.id}, #{e.promise}, #{e.store}, #{e.kind}, #{e.currency}, #{e.amount}, #{e.tender}, #{e.cashSession}, #{e.reference}, #{e.at},
            #{e.day}, #{e.byName}, #{e.foreign.currency}, #{e.foreign.given}, cast(#{e.foreign.rate} as numeric), #{document})
        on conflict (id) do nothing
        """)
    int insertEntry(NewEntry e, UUID document);

    @Update("""
        update promise
        set arrived_at = #{at}
        where id = #{id}
        and arrived_at is null
        """)
    int arrived(UUID id, Instant at);

    /** Whether something that comes after it of the same promise has landed and is not applied: what was told or cancelled, or its sale. */
    @Select("""
        select exists (
            select 1
            from document d
            join document_to_apply t on t.store_id = d.store_id and (t.epoch, t.sequence) > (d.epoch, d.sequence)
            join document later on later.id = t.id
            where d.id = #{document}
            and (later.type = 'promise-changed' and later.key = d.key
                or later.type = 'sale'
                    and later.after && array(
                        select id
                        from document
                        where store_id = d.store_id
                        and key = d.key)))
        """)
    boolean moreWaits(UUID document);

    record Ready(String email, String customer, String store) {}

    /** Whom to tell that a special order is here; nobody where it was sold or cancelled, or its customer knows. */
    @Select("""
        select btrim(c.email) as email, p.customer_name as customer, s.name as store
        from promise p
        join customer c on c.id = p.customer_id and c.email <> ''
        join store s on s.id = p.store_id
        where p.id = #{id}
        and p.kind = 'ORDER'
        and p.closed_at is null
        and p.told_at is null
        """)
    Optional<Ready> ready(UUID id);

    @Update("""
        update promise
        set told_at = coalesce(told_at, #{at})
        where id = #{id}
        """)
    int told(UUID id, Instant at);

    @Update("""
        update promise
        set closed_at = #{at}, closed_as = #{how}, sale_id = #{sale}
        where id = #{id}
        and closed_at is null
        """)
    int close(UUID id, Instant at, String how, @Nullable UUID sale);
}
