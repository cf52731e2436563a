package mx.refahub.hub.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface MessageTable {
    /** @param present its body as it stands in force: the amendment's if there is one */
    record QueuedRow(
            UUID id,
            UUID storeId,
            String key,
            String type,
            @Nullable Instant parkedAt,
            @Nullable Instant waitingSince,
            byte[] present) {}

    @Select("""
        select q.id, q.store_id, q.key, d.type, q.parked_at, q.waiting_since, coalesce(m.body, d.body) as present
        from document_to_apply q
        join document d on d.id = q.id
        left join document_amendment m on m.id = q.amendment_id
        where q.id = #{document}
        for update of q
        """)
    @Options(flushCache = Options.FlushCachePolicy.TRUE)
    Optional<QueuedRow> lock(UUID document);

    @Select("""
        select exists (select 1 from document where id = #{document})
        """)
    boolean knows(UUID document);

    @Select("""
        select type
        from document
        where id = #{document}
        """)
    Optional<String> typeOf(UUID document);

    @Update("""
        update document_to_apply
        set parked_at = null, parked_reason = null, newer = false
        where id = #{document}
        and parked_at is not null
        """)
    int release(UUID document);

    @Select("""
        update document_to_apply
        set parked_at = null, parked_reason = null, newer = false
        where store_id = #{store}
        and key = #{key}
        and parked_at is not null
        returning id
        """)
    @Options(flushCache = Options.FlushCachePolicy.TRUE)
    List<UUID> releaseKey(UUID store, String key);

    @Update("""
        update document_to_apply
        set parked_at = null, parked_reason = null, newer = false
        where id = any(#{documents})
        and parked_at is not null
        """)
    int releaseAll(UUID[] documents);

    /** Applied from now on with the amendment's body. */
    @Update("""
        update document_to_apply
        set parked_at = null, parked_reason = null, newer = false, amendment_id = #{amendment}
        where id = #{document}
        and parked_at is not null
        """)
    int releaseAmended(UUID document, UUID amendment);

    @Delete("""
        delete from document_to_apply
        where id = #{document}
        """)
    int dequeue(UUID document);

    /** What waits for it goes on. */
    @Insert("""
        insert into document_applied (id, applied_at, remark, amendment_id)
        values (#{document}, #{now}, null, #{amendment})
        """)
    int discarded(UUID document, UUID amendment, Instant now);

    @Insert("""
        insert into document_act (id, document_id, at, who, act, reason)
        values (#{id}, #{document}, #{now}, #{who}, #{act}, #{reason})
        """)
    int act(UUID id, UUID document, Instant now, String who, String act, String reason);

    @Insert("""
        insert into document_act (id, document_id, at, who, act, reason)
        select a.id, a.document_id, #{now}, #{who}, #{act}, #{reason}
        from unnest(#{ids}, #{documents}) as a (id, document_id)
        """)
    int acts(UUID[] ids, UUID[] documents, Instant now, String who, String act, String reason);

    record ActRow(Instant at, String who, String act, String reason) {}

    @Select("""
        select at, who, act, reason
        from document_act
        where document_id = #{document}
        order by at, id
        """)
    List<ActRow> actsOf(UUID document);

    record AmendmentRow(
            UUID id,
            UUID documentId,
            String type,
            String storeName,
            @Nullable UUID batchId,
            String kind,
            String reason,
            byte[] bodyBefore,
            byte @Nullable [] body,
            boolean needsSecond,
            Instant proposedAt,
            UUID proposedBy,
            String proposedByName,
            @Nullable Instant decidedAt,
            @Nullable UUID decidedBy,
            @Nullable String decidedByName,
            @Nullable String verdict,
            @Nullable String verdictReason) {}

    String AMENDMENT = """
        select m.id, m.document_id, d.type, s.name as store_name, m.batch_id, m.kind, m.reason, m.body_before, m.body, m.needs_second,
            m.proposed_at, m.proposed_by, m.proposed_by_name, m.decided_at, m.decided_by, m.decided_by_name, m.verdict, m.verdict_reason
        from document_amendment m
        join document d on d.id = m.document_id
        join store s on s.id = d.store_id
        """;

    @Select(AMENDMENT + """
        where m.id = #{id}
        """)
    @Options(flushCache = Options.FlushCachePolicy.TRUE)
    Optional<AmendmentRow> amendment(UUID id);

    @Select(AMENDMENT + """
        where m.document_id = #{document}
        order by m.proposed_at desc, m.id desc
        limit 50
        """)
    List<AmendmentRow> amendmentsOf(UUID document);

    @Select(AMENDMENT + """
        where m.decided_at is null
        order by m.proposed_at, m.id
        limit #{most}
        """)
    List<AmendmentRow> open(int most);

    /** No row: another proposal on the document waits. */
    @Insert("""
        insert into document_amendment (
            id, document_id, kind, reason, body_before, body, needs_second, proposed_at, proposed_by, proposed_by_name)
        values (#{id}, #{document}, #{kind}, #{reason}, #{before}, #{body}, #{needsSecond}, #{now}, #{by}, #{byName})
        on conflict do nothing
        """)
    int propose(
            UUID id,
            UUID document,
            String kind,
            String reason,
            byte[] before,
            byte @Nullable [] body,
            boolean needsSecond,
            Instant now,
            UUID by,
            String byName);

    @Update("""
        update document_amendment
        set decided_at = #{now}, decided_by = #{by}, decided_by_name = #{byName}, verdict = #{verdict}, verdict_reason = #{reason}
        where id = #{id}
        and decided_at is null
        """)
    int decide(UUID id, Instant now, UUID by, String byName, String verdict, @Nullable String reason);

    /** When the store's last heartbeat knew the document to have landed. */
    @Select("""
        select h.received_at
        from document d
        join store s on s.id = d.store_id
        join store_heartbeat h on h.store_id = d.store_id
        where d.id = #{document}
        and (d.epoch < s.epoch or h.acknowledged >= d.sequence)
        """)
    Optional<Instant> acknowledged(UUID document);

    record TypeRow(UUID id, String type) {}

    /** Locked, oldest first. */
    @Select("""
        <script>
        select q.id, d.type
        from document_to_apply q
        join document d on d.id = q.id
        <if test="words != ''">join document_words w on w.document_id = q.id</if>
        where q.parked_at is not null
        <if test="store != null">and q.store_id = #{store}</if>
        <if test="type != ''">and d.type = #{type}</if>
        <if test="key != ''">and q.key = #{key}</if>
        <if test="from != null">and d.landed_at &gt;= #{from}</if>
        <if test="until != null">and d.landed_at &lt; #{until}</if>
        <if test="words != ''">and w.words @@ #{words}::tsquery</if>
        order by d.landed_at, d.id
        limit #{limit}
        for update of q
        </script>
        """)
    @Options(flushCache = Options.FlushCachePolicy.TRUE)
    List<TypeRow> parked(
            @Nullable UUID store,
            String type,
            String key,
            String words,
            @Nullable Instant from,
            @Nullable Instant until,
            int limit);

    @Insert("""
        insert into document_batch (id, act, filter, reason, started_at, started_by, started_by_name)
        values (#{id}, #{act}, #{filter}, #{reason}, #{now}, #{by}, #{byName})
        """)
    int batch(UUID id, String act, String filter, String reason, Instant now, UUID by, String byName);

    @Insert("""
        insert into document_batch_item (batch_id, document_id)
        select #{batch}, i.id
        from unnest(#{documents}) as i (id)
        """)
    int items(UUID batch, UUID[] documents);

    /** Documents on which another proposal waits are left out. */
    @Insert("""
        insert into document_amendment (
            id, document_id, batch_id, kind, reason, body_before, body, needs_second, proposed_at, proposed_by, proposed_by_name)
        select p.id, d.id, #{batch}, 'DISCARD', #{reason}, coalesce(m.body, d.body), null, not d.type = any(#{withoutMoney}), #{now}, #{by},
            #{byName}
        from unnest(#{ids}, #{documents}) as p (id, document_id)
        join document_to_apply q on q.id = p.document_id
        join document d on d.id = q.id
        left join document_amendment m on m.id = q.amendment_id
        on conflict do nothing
        """)
    int proposeDiscards(
            UUID batch,
            UUID[] ids,
            UUID[] documents,
            String[] withoutMoney,
            String reason,
            Instant now,
            UUID by,
            String byName);

    /** Those of the batch that need nobody else, or, for somebody else than who began it, all that wait. */
    @Select("""
        update document_amendment m
        set decided_at = #{now}, decided_by = #{by}, decided_by_name = #{byName}, verdict = 'APPROVED'
        from document_to_apply q
        where m.batch_id = #{batch}
        and m.decided_at is null
        and (not m.needs_second or m.proposed_by <> #{by})
        and q.id = m.document_id
        and (q.parked_at is not null or q.waiting_since is not null)
        returning m.document_id as id, m.kind as type
        """)
    @Options(flushCache = Options.FlushCachePolicy.TRUE)
    List<TypeRow> approveAll(UUID batch, Instant now, UUID by, String byName);

    @Select("""
        select q.id
        from document_to_apply q
        join document_amendment m on m.document_id = q.id
        where m.batch_id = #{batch}
        and m.decided_at is null
        order by q.id
        for update of q
        """)
    @Options(flushCache = Options.FlushCachePolicy.TRUE)
    List<UUID> lockOf(UUID batch);

    @Delete("""
        delete from document_to_apply
        where id = any(#{documents})
        """)
    int dequeueAll(UUID[] documents);

    @Insert("""
        insert into document_applied (id, applied_at, remark, amendment_id)
        select m.document_id, #{now}, null, m.id
        from document_amendment m
        where m.batch_id = #{batch}
        and m.document_id = any(#{documents})
        and m.verdict = 'APPROVED'
        """)
    int discardedAll(UUID batch, UUID[] documents, Instant now);

    record BatchRow(
            UUID id,
            String act,
            String reason,
            Instant startedAt,
            UUID startedBy,
            String startedByName,
            int documents,
            int applied,
            int discarded,
            int parkedAgain,
            int waiting,
            int toCome) {}

    @Select("""
        select b.id, b.act, b.reason, b.started_at, b.started_by, b.started_by_name,
            count(i.document_id)::integer as documents,
            count(*) filter (where a.id is not null and coalesce(am.kind, '') <> 'DISCARD')::integer as applied,
            count(*) filter (where am.kind = 'DISCARD')::integer as discarded,
            count(*) filter (where q.parked_at is not null and m.id is null)::integer as parked_again,
            count(*) filter (where q.id is not null and m.id is not null)::integer as waiting,
            count(*) filter (where q.id is not null and q.parked_at is null and m.id is null)::integer as to_come
        from (
            select id, act, reason, started_at, started_by, started_by_name
            from document_batch
            where #{id}::uuid is null
            or id = #{id}
            order by started_at desc, id desc
            limit #{most}) b
        left join document_batch_item i on i.batch_id = b.id
        left join document_applied a on a.id = i.document_id
        left join document_amendment am on am.id = a.amendment_id
        left join document_to_apply q on q.id = i.document_id
        left join document_amendment m on m.document_id = i.document_id and m.batch_id = b.id and m.decided_at is null
        group by b.id, b.act, b.reason, b.started_at, b.started_by, b.started_by_name
        order by b.started_at desc, b.id desc
        """)
    @Options(flushCache = Options.FlushCachePolicy.TRUE)
    List<BatchRow> batches(@Nullable UUID id, int most);

    record AsideRow(UUID id, @Nullable String storeName, String why, Instant receivedAt, int bytes, byte[] head) {}

    @Select("""
        select x.id, s.name as store_name, x.why, x.received_at, length(x.content) as bytes, substring(x.content from 1 for 2000) as head
        from document_aside x
        left join store s on s.id = x.store_id
        where x.settled_at is null
        and (
            #{before}::uuid is null
            or (x.received_at, x.id) < (select b.received_at, b.id from document_aside b where b.id = #{before}))
        order by x.received_at desc, x.id desc
        limit #{most}
        """)
    List<AsideRow> asides(@Nullable UUID before, int most);

    @Update("""
        update document_aside
        set settled_at = #{now}, settled_by = #{by}, settled_reason = #{reason}
        where id = #{id}
        and settled_at is null
        """)
    int settleAside(UUID id, Instant now, String by, String reason);
}
