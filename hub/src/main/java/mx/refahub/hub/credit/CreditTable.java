package mx.refahub.hub.credit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.domain.sale.Folio;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface CreditTable {
    /** Of a spending that came before its credit, too: then without who issued it in which sale. */
    @Insert("""
        insert into credit (id, issuer, code, amount, issued_on, proof, kind)
        values (#{id}, #{issuer}, #{code}, #{amount}, #{issuedOn}, #{proof}, #{kind})
        on conflict (id) do nothing
        """)
    int seen(UUID id, UUID issuer, String code, long amount, LocalDate issuedOn, String proof, String kind);

    record Locked(long amount, String proof, @Nullable UUID issuedSale) {}

    /** Documents that move one credit follow each other. */
    @Select("""
        select amount, proof, issued_sale
        from credit
        where id = #{id}
        for update
        """)
    Locked lock(UUID id);

    @Update("""
        update credit
        set issued_sale = #{sale}, issued_promise = #{promise}, issued_at = #{at}
        where id = #{id}
        """)
    int issued(UUID id, @Nullable UUID sale, @Nullable UUID promise, Instant at);

    @Insert("""
        insert into credit_spending (id, credit_id, store_id, sale_id, promise_id, amount, at)
        values (#{id}, #{credit}, #{store}, #{sale}, #{promise}, #{amount}, #{at})
        """)
    int spent(UUID id, UUID credit, UUID store, @Nullable UUID sale, @Nullable UUID promise, long amount, Instant at);

    @Select("""
        select coalesce(sum(amount), 0)::bigint
        from credit_spending
        where credit_id = #{id}
        """)
    long spentOf(UUID id);

    @Update("""
        update credit
        set credits_version = #{version}
        where id = #{id}
        """)
    int changed(UUID id, long version);

    /** Of all lives of the store, the present one first; as base 64 in lines. */
    @Select("""
        select encode(public_key, 'base64')
        from store_epoch
        where store_id = #{store}
        order by epoch desc
        """)
    List<String> keys(UUID store);

    record CreditRow(
            UUID id,
            String code,
            String issuer,
            @Nullable UUID issuedSale,
            long amount,
            long spent,
            @Nullable Instant issuedAt,
            String kind) {}

    @Select("""
        select c.id, c.code, s.code as issuer, c.issued_sale, c.amount, m.spent, c.issued_at, c.kind
        from credit c
        join store s on s.id = c.issuer
        cross join lateral (select coalesce(sum(amount), 0)::bigint as spent from credit_spending where credit_id = c.id) m
        order by m.spent > c.amount desc, c.issued_on desc, c.id desc
        limit #{limit}
        """)
    List<CreditRow> latest(int limit);

    /** @param promise number of what it paid a deposit of; then there is no folio */
    record SpendingRow(
            UUID creditId,
            String store,
            @Nullable String folioPrefix,
            long folioNumber,
            @Nullable String promise,
            long amount,
            Instant at) {
        String paid() {
            return folioPrefix == null ? Objects.requireNonNull(promise) : new Folio(folioPrefix, folioNumber).text();
        }
    }

    @Select("""
        select m.credit_id, s.code as store, t.folio_prefix, coalesce(t.folio_number, 0) as folio_number, p.number as promise, m.amount, m.at
        from credit_spending m
        join store s on s.id = m.store_id
        left join sale t on t.id = m.sale_id
        left join promise p on p.id = m.promise_id
        where m.credit_id = any(#{credits})
        order by m.at, m.id
        """)
    List<SpendingRow> spendings(UUID[] credits);

    @Select("""
        select coalesce(sum(greatest(c.amount - m.spent, 0)), 0)::bigint
        from credit c
        cross join lateral (select coalesce(sum(amount), 0)::bigint as spent from credit_spending where credit_id = c.id) m
        where c.kind = #{kind}
        """)
    long liability(String kind);
}
