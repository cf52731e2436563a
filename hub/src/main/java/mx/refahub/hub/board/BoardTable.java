package mx.refahub.hub.board;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.delivery.Landing;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface BoardTable {
    record StoreRow(
            UUID id,
            String slug,
            String code,
            String name,
            Instant registeredAt,
            @Nullable Instant receivedAt,
            @Nullable Instant sentAt,
            String version,
            long outboxLast,
            long landed,
            long pending,
            long waiting,
            long parked,
            @Nullable Instant lastLandedAt,
            Landing.Freeze.@Nullable Cause frozenCause,
            @Nullable Long frozenSequence,
            boolean cutOff,
            boolean claimed,
            String streams) {}

    @Select("""
        select s.id, s.slug, s.code, s.name, s.registered_at, h.received_at, h.sent_at, coalesce(h.version, '') as version,
            coalesce(h.outbox_last, 0) as outbox_last, l.landed, coalesce(q.pending, 0) as pending, coalesce(q.waiting, 0) as waiting,
            coalesce(q.parked, 0) as parked, l.last_landed_at, l.frozen_cause, l.frozen_sequence,
            exists (select 1 from store_cut_off o where o.store_id = s.id) as cut_off,
            exists (
                select 1
                from store_claim c
                where c.store_id = s.id
                and c.granted_at is null
                and c.taken_at is null
                and c.last_at > now() - interval '10 minutes') as claimed,
            coalesce(h.streams, '{}')::text as streams
        from store s
        join landing l on l.store_id = s.id
        left join store_heartbeat h on h.store_id = s.id
        left join (
            select store_id,
                count(*) as pending,
                count(*) filter (where waiting_since is not null and parked_at is null) as waiting,
                count(*) filter (where parked_at is not null) as parked
            from document_to_apply
            group by store_id) q on q.store_id = s.id
        where #{id}::uuid is null
        or s.id = #{id}
        order by s.name, s.id
        """)
    List<StoreRow> stores(@Nullable UUID id);

    /** Minutes since midnight by the clock that most branches have; Mexico City's where there is no branch. */
    @Select("""
        select extract(hour from clock)::int * 60 + extract(minute from clock)::int
        from (
            select cast(#{now} as timestamptz) at time zone coalesce((
                select time_zone
                from store
                group by time_zone
                order by count(*) desc, time_zone
                limit 1), 'America/Mexico_City') as clock) c
        """)
    int minuteOfDay(Instant now);

    record HourRow(int hour, long today, long weekBefore, long weekBeforeByNow) {}

    /** Hours without a sale are left out. */
    @Select("""
        select extract(hour from t.sold_at at time zone s.time_zone)::int as hour,
            coalesce(sum(t.total) filter (where t.business_day = d.today), 0)::bigint as today,
            coalesce(sum(t.total) filter (where t.business_day = d.today - 7), 0)::bigint as week_before,
            coalesce(sum(t.total) filter (where t.business_day = d.today - 7 and t.sold_at at time zone s.time_zone <= d.clock - interval '7 days'), 0)::bigint
                as week_before_by_now
        from store s
        cross join lateral (
            select cast(#{now} as timestamptz) at time zone s.time_zone as clock, (cast(#{now} as timestamptz) at time zone s.time_zone)::date as today) d
        join sale t on t.store_id = s.id
            and t.business_day = any (array[d.today, d.today - 7])
        group by hour
        """)
    List<HourRow> salesByHour(Instant now);

    record DocumentRow(
            UUID id,
            UUID storeId,
            String storeName,
            int epoch,
            long sequence,
            String type,
            int schema,
            String key,
            Instant occurredAt,
            Instant landedAt,
            @Nullable Instant appliedAt,
            @Nullable Instant parkedAt,
            @Nullable String parkedReason,
            @Nullable Instant waitingSince,
            @Nullable String folioPrefix,
            @Nullable Long folioNumber,
            @Nullable Long total,
            @Nullable Long openingFloat,
            byte @Nullable [] unapplied,
            @Nullable String remark,
            @Nullable String amendment) {}

    String DOCUMENT = """
        select d.id, d.store_id, s.name as store_name, d.epoch, d.sequence, d.type, d.schema, d.key, d.occurred_at, d.landed_at,
            a.applied_at, q.parked_at, q.parked_reason, q.waiting_since, t.folio_prefix, t.folio_number, t.total, c.opening_float, case when t.document_id is null and d.type = 'sale' then d.body end as unapplied,
            a.remark, m.kind as amendment
        from document d
        join store s on s.id = d.store_id
        left join document_applied a on a.id = d.id
        left join document_to_apply q on q.id = d.id
        left join sale t on t.document_id = d.id
        left join cash_session c on c.document_id = d.id
        left join document_amendment m on m.id = coalesce(a.amendment_id, q.amendment_id)
        """;

    @Select("""
        <script>
        """ + DOCUMENT + """
        <if test="words != ''">join document_words w on w.document_id = d.id</if>
        <where>
            <if test="store != null">and d.store_id = #{store}</if>
            <if test="type != ''">and d.type = #{type}</if>
            <if test="key != ''">and d.key = #{key}</if>
            <if test="state == 'APPLIED'">and a.id is not null and m.kind is distinct from 'DISCARD'</if>
            <if test="state == 'DISCARDED'">and m.kind = 'DISCARD'</if>
            <if test="state == 'PARKED'">and q.parked_at is not null</if>
            <if test="state == 'WAITING'">and q.waiting_since is not null and q.parked_at is null</if>
            <if test="state == 'LANDED'">and q.id is not null and q.parked_at is null and q.waiting_since is null</if>
            <if test="from != null">and d.landed_at &gt;= #{from}</if>
            <if test="until != null">and d.landed_at &lt; #{until}</if>
            <if test="words != ''">and w.words @@ #{words}::tsquery</if>
            <if test="before != null">
                and (d.landed_at, d.id) &lt; (select b.landed_at, b.id from document b where b.id = #{before})
            </if>
        </where>
        order by d.landed_at desc, d.id desc
        limit #{limit}
        </script>
        """)
    List<DocumentRow> documents(
            @Nullable UUID store,
            String type,
            String key,
            String state,
            String words,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable UUID before,
            int limit);

    /** For this transaction: planned for the words that are asked for, and given up when it takes a person's patience. */
    @Update("""
        set local plan_cache_mode = force_custom_plan;
        set local statement_timeout = '4s'
        """)
    void askBriefly();

    @Select(DOCUMENT + """
        where d.id = #{id}
        """)
    Optional<DocumentRow> document(UUID id);

    record ContentRow(byte[] body, byte[] hash, byte[] previousHash) {}

    @Select("""
        select body, hash, previous_hash
        from document
        where id = #{id}
        """)
    ContentRow content(UUID id);

    record LineRow(
            String lineCode, String partNumber, String description, long quantity, long price, long tax, long total) {}

    @Select("""
        select l.line_code, l.part_number, l.description, l.quantity, l.price, l.tax, l.total
        from sale_line l
        join sale t on t.id = l.sale_id
        where t.document_id = #{document}
        order by l.position
        """)
    List<LineRow> lines(UUID document);

    record TenderRow(String kind, long amount, long received) {}

    @Select("""
        select p.kind, p.amount, p.received
        from sale_tender p
        join sale t on t.id = p.sale_id
        where t.document_id = #{document}
        order by p.position
        """)
    List<TenderRow> tenders(UUID document);

    /** @param waitingSince of the document that waits longest for another */
    record Trouble(long parked, long waiting, @Nullable Instant waitingSince, long frozen) {}

    @Select("""
        select
            (select count(*) from document_to_apply where parked_at is not null) as parked,
            (select count(*) from document_to_apply where waiting_since is not null and parked_at is null) as waiting,
            (select min(waiting_since) from document_to_apply where waiting_since is not null and parked_at is null) as waiting_since,
            (select count(*) from landing where frozen_at is not null) as frozen
        """)
    Trouble trouble();
}
