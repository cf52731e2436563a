package mx.refahub.hub.registry;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface LifeTable {
    record LockedRow(
            UUID id,
            String slug,
            int epoch,
            int tunnelPort,
            String brokerUser,
            long landed,
            long hubEpoch,
            @Nullable Instant frozenAt) {}

    @Select("""
        select s.id, s.slug, s.epoch, s.tunnel_port, s.broker_user, l.landed, l.hub_epoch, l.frozen_at
        from store s
        join landing l on l.store_id = s.id
        where s.id = #{store}
        for no key update
        """)
    Optional<LockedRow> lock(UUID store);

    record LifeRow(
            int epoch,
            long base,
            String secretHash,
            String machine,
            String cause,
            String grantedBy,
            Instant grantedAt,
            @Nullable Long folioJump,
            @Nullable Instant takenAt) {}

    @Select("""
        select epoch, base, secret_hash, machine, cause, granted_by, granted_at, folio_jump, taken_at
        from store_epoch
        where store_id = #{store}
        order by epoch desc
        """)
    List<LifeRow> lives(UUID store);

    @Select("""
        select greatest(
            (select landed from landing where store_id = #{store}),
            coalesce((select outbox_last from store_heartbeat where store_id = #{store}), 0),
            coalesce((select max(sequence) from document_waiting where store_id = #{store}), 0),
            coalesce((select max(here) from store_claim where store_id = #{store}), 0),
            #{told})
        """)
    long highest(UUID store, long told);

    @Update("""
        update store
        set epoch = #{epoch}, public_key = #{publicKey}, secret_hash = #{secretHash}, broker_user = #{brokerUser},
            broker_password_hash = #{brokerPasswordHash}, tunnel_token_hash = #{tunnelTokenHash}
        where id = #{store}
        """)
    int become(
            UUID store,
            int epoch,
            byte[] publicKey,
            String secretHash,
            String brokerUser,
            String brokerPasswordHash,
            String tunnelTokenHash);

    @Update("""
        update store_epoch
        set public_key = #{publicKey}, secret_hash = #{secretHash}, machine = #{machine}
        where store_id = #{store}
        and epoch = #{epoch}
        """)
    int again(UUID store, int epoch, byte[] publicKey, String secretHash, String machine);

    @Update("""
        update landing
        set epoch = #{epoch}, landed = #{base}, hash = #{hash}, frozen_at = null, frozen_cause = null, frozen_sequence = null, gap_asked_at = null
        where store_id = #{store}
        """)
    int begin(UUID store, int epoch, long base, byte[] hash);

    @Delete("delete from document_waiting where store_id = #{store}")
    int dropWaiting(UUID store);

    @Select("""
        select coalesce(max(sequence), 0)
        from document
        where store_id = #{store}
        """)
    long lastDocument(UUID store);

    /** The drawers that were open at that time or since, from their opening, and every layaway and order that is open; where there are none, that time. */
    @Select("""
        select coalesce(min(d.sequence), (select coalesce(max(sequence), 0) + 1 from document where store_id = #{store}))
        from document d
        where d.store_id = #{store}
        and (d.occurred_at >= #{since}
            or d.id in (
                select c.document_id
                from cash_session c
                where c.store_id = #{store}
                and not exists (select 1 from cash_z z where z.cash_session_id = c.id and z.closed_at < #{since}))
            or d.id in (
                select p.document_id
                from promise p
                where p.store_id = #{store}
                and p.kind <> 'QUOTE'
                and p.closed_at is null))
        """)
    long historyFrom(UUID store, Instant since);

    record RegisterRow(UUID id, String name, String prefix, long lastFolio, long lastZ, long lastReceipt) {}

    @Select("""
        select r.id, r.name, r.prefix,
            coalesce((select max(folio_number) from sale where store_id = #{store} and folio_prefix = r.prefix), 0) as last_folio,
            coalesce((select max(number) from cash_z where register_id = r.id), 0) as last_z,
            coalesce((
                select max(cast(substring(e.reference from length(r.prefix) + 3) as bigint))
                from account_entry e
                where e.store_id = #{store}
                and e.kind = 'PAYMENT'
                and e.reference ~ ('^' || r.prefix || '-A[0-9]{1,12}$')), 0) as last_receipt
        from register r
        where r.store_id = #{store}
        order by r.prefix
        """)
    List<RegisterRow> registers(UUID store);

    record CarriedRow(UUID partId, String bin, long quantity, long value, long lastCost) {}

    /** What moved before that document was written, by part and bin. Movements bear the time of their document. */
    @Select("""
        select m.part_id, m.bin, sum(m.quantity) as quantity, sum(m.value) as value, coalesce(max(h.last_cost), 0) as last_cost
        from stock_movement m
        left join stock_on_hand h on h.store_id = m.store_id and h.part_id = m.part_id
        where m.store_id = #{store}
        and m.kind <> 'OPENING'
        and m.at < coalesce((select min(occurred_at) from document where store_id = #{store} and sequence >= #{before}), 'infinity')
        group by m.part_id, m.bin
        having sum(m.quantity) <> 0 or sum(m.value) <> 0
        order by m.part_id, m.bin
        offset #{offset}
        limit #{limit}
        """)
    List<CarriedRow> carried(UUID store, long before, long offset, int limit);

    record BytesRow(byte[] content) {}

    /** Where every epoch's key is, for documents of one that is over. */
    @Select("""
        select public_key as content
        from store_epoch
        where store_id = #{store}
        and epoch = #{epoch}
        """)
    Optional<BytesRow> key(UUID store, int epoch);

    @Select("""
        select id
        from document
        where id = any(#{ids})
        """)
    List<UUID> known(UUID[] ids);

    @Insert("""
        insert into store_counter (store_id, epoch, content, at)
        select id, epoch, #{content}, #{now}
        from store
        where id = #{store}
        on conflict (store_id, epoch) do update set content = excluded.content, at = excluded.at
        """)
    int keepCounter(UUID store, byte[] content, Instant now);

    /** Older ones were of machines that gave their place up long ago. */
    @Delete("""
        delete from store_counter
        where store_id = #{store}
        and epoch < (select epoch - 1 from store where id = #{store})
        """)
    int dropCounters(UUID store);

    @Select("""
        select c.content
        from store_counter c
        join store s on s.id = c.store_id
        where c.store_id = #{store}
        and c.epoch < s.epoch
        order by c.epoch desc
        limit 1
        """)
    Optional<BytesRow> counter(UUID store);

    record EntryRow(
            UUID id,
            UUID customerId,
            String kind,
            long amount,
            Instant at,
            LocalDate day,
            @Nullable LocalDate dueOn,
            String reference,
            @Nullable String tender,
            String body,
            @Nullable Instant bouncedAt,
            long sequence) {}

    /** What this store's documents before that one did to the customers' accounts. */
    @Select("""
        select e.id, e.customer_id, e.kind, e.amount, e.at, e.day, e.due_on, e.reference, e.tender,
            case when e.kind = 'PAYMENT' then convert_from(d.body, 'UTF8') else e.note end as body, e.bounced_at, d.sequence
        from account_entry e
        join document d on d.id = e.document_id
        where e.store_id = #{store}
        and d.sequence < #{before}
        and e.id > #{after}
        order by e.id
        limit #{limit}
        """)
    List<EntryRow> entries(UUID store, long before, UUID after, int limit);

    record AppliedRow(UUID entryId, UUID chargeId, long amount) {}

    @Select("""
        select entry_id, charge_id, amount
        from account_applied
        where entry_id = any(#{entries})
        """)
    List<AppliedRow> applied(UUID[] entries);

    record CreditRow(UUID id, String proof) {}

    /** Credits that were issued here, or of which something was spent here. */
    @Select("""
        select c.id, c.proof
        from credit c
        where c.id > #{after}
        and (c.issuer = #{store} or exists (select 1 from credit_spending m where m.credit_id = c.id and m.store_id = #{store}))
        order by c.id
        limit #{limit}
        """)
    List<CreditRow> credits(UUID store, UUID after, int limit);

    record SpendingRow(UUID id, UUID creditId, UUID saleId, long amount, Instant at) {}

    /** By the sales and deposits of this store whose documents are before that one; what was paid, by its id. */
    @Select("""
        select m.id, m.credit_id, coalesce(m.sale_id, m.promise_id) as sale_id, m.amount, m.at
        from credit_spending m
        left join sale s on s.id = m.sale_id
        left join promise_entry e on e.id = m.id
        join document d on d.id = coalesce(s.document_id, e.document_id)
        where m.store_id = #{store}
        and m.credit_id = any(#{credits})
        and d.sequence < #{before}
        order by m.at, m.id
        """)
    List<SpendingRow> spendings(UUID store, UUID[] credits, long before);

    @Insert("""
        insert into store_replacement (code_hash, store_id, created_by, created_at, expires_at)
        values (#{codeHash}, #{store}, #{by}, #{now}, #{expiresAt})
        """)
    int issue(String codeHash, UUID store, String by, Instant now, Instant expiresAt);

    record ReplacementRow(
            UUID storeId,
            String createdBy,
            Instant expiresAt,
            @Nullable Instant usedAt) {}

    @Select("""
        select store_id, created_by, expires_at, used_at
        from store_replacement
        where code_hash = #{codeHash}
        for update
        """)
    Optional<ReplacementRow> replacement(String codeHash);

    @Update("""
        update store_replacement
        set used_at = #{now}, used_by_key = #{key}
        where code_hash = #{codeHash}
        """)
    int use(String codeHash, byte[] key, Instant now);

    @Insert("""
        insert into store_claim (store_id, machine, cause, here, hub, first_at, last_at)
        values (#{store}, #{machine}, #{cause}, #{here}, #{hub}, #{now}, #{now})
        on conflict (store_id, machine) do update
        set cause = excluded.cause,
            here = excluded.here,
            hub = excluded.hub,
            last_at = excluded.last_at,
            first_at = case when store_claim.taken_at is null then store_claim.first_at else excluded.first_at end,
            granted_at = case when store_claim.taken_at is null then store_claim.granted_at end,
            granted_by = case when store_claim.taken_at is null then store_claim.granted_by end,
            taken_at = null,
            discarded_at = null,
            discarded_by = null
        """)
    int claim(UUID store, String machine, String cause, long here, long hub, Instant now);

    /** A new hub epoch with this store, unless one has just begun: the store needs a while to hear of it. */
    @Update("""
        update landing
        set hub_epoch = hub_epoch + 1, lost_at = #{now}
        where store_id = #{store}
        and (lost_at is null or lost_at < #{notSince})
        """)
    int lost(UUID store, Instant now, Instant notSince);

    record ClaimRow(
            String machine,
            String cause,
            long here,
            long hub,
            Instant firstAt,
            Instant lastAt,
            @Nullable Instant grantedAt,
            @Nullable String grantedBy,
            @Nullable Instant takenAt) {}

    @Select("""
        select machine, cause, here, hub, first_at, last_at, granted_at, granted_by, taken_at
        from store_claim
        where store_id = #{store}
        and discarded_at is null
        order by last_at desc
        """)
    List<ClaimRow> claims(UUID store);

    @Update("""
        update store_claim
        set granted_at = #{now}, granted_by = #{by}
        where store_id = #{store}
        and machine = #{machine}
        and taken_at is null
        and discarded_at is null
        """)
    int grant(UUID store, String machine, String by, Instant now);

    /** How far the machine had written stays known. */
    @Update("""
        update store_claim
        set discarded_at = #{now}, discarded_by = #{by}
        where store_id = #{store}
        and machine = #{machine}
        and granted_at is null
        and taken_at is null
        and discarded_at is null
        and last_at <= #{notSince}
        """)
    int discard(UUID store, String machine, String by, Instant now, Instant notSince);

    @Update("""
        update store_claim
        set taken_at = #{now}
        where store_id = #{store}
        and machine = #{machine}
        and granted_at is not null
        and taken_at is null
        """)
    int claimTaken(UUID store, String machine, Instant now);

    /** What this machine was held back for is over, without anybody having done anything. */
    @Delete("""
        delete from store_claim
        where store_id = #{store}
        and machine = #{machine}
        and granted_at is null
        and taken_at is null
        """)
    int settled(UUID store, String machine);

    /** With a new epoch every older question is answered. */
    @Delete("""
        delete from store_claim
        where store_id = #{store}
        and machine <> #{machine}
        and taken_at is null
        """)
    int answered(UUID store, String machine);

    @Delete("delete from store_cut_off where store_id = #{store}")
    int letIn(UUID store);

    /** Nothing was written in this epoch yet: it may as well begin later. */
    @Update("""
        update store_epoch
        set base = #{base}
        where store_id = #{store}
        and epoch = #{epoch}
        """)
    int rebase(UUID store, int epoch, long base);

    @Select("""
        select machine
        from store_epoch
        where store_id = #{store}
        and epoch = #{epoch}
        """)
    Optional<String> machine(UUID store, int epoch);

    @Update("""
        update store_epoch
        set machine = #{machine}
        where store_id = #{store}
        and epoch = #{epoch}
        """)
    int bind(UUID store, int epoch, String machine);

    @Select("""
        select received_at
        from store_heartbeat
        where store_id = #{store}
        and machine = #{machine}
        """)
    Optional<Instant> heardOf(UUID store, String machine);

    /** How far this machine had written when it was heard last. */
    @Select("""
        select outbox_last
        from store_heartbeat
        where store_id = #{store}
        and machine = #{machine}
        """)
    Optional<Long> lastOf(UUID store, String machine);

    @Update("""
        update store_heartbeat
        set machine = #{machine}, epoch = #{epoch}
        where store_id = #{store}
        """)
    int heard(UUID store, String machine, int epoch);
}
