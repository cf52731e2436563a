package mx.refahub.hub.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface DocumentTable {
    /** @param amendment whose body is applied instead of the document's own; null: its own */
    record LandedRow(
            UUID id,
            UUID storeId,
            String key,
            String type,
            int schema,
            byte[] body,
            @Nullable UUID amendmentId,
            boolean waits) {}

    /** Whoever waited for what has been applied since is back in line. */
    @Update("""
        update document_to_apply t
        set waiting_since = null
        from document d
        where d.id = t.id
        and t.waiting_since is not null
        and t.parked_at is null
        and not exists (
            select 1
            from unnest(d.after) as needed (id)
            where not exists (select 1 from document_applied a where a.id = needed.id))
        """)
    int wake();

    /**
     * In the order in which each store wrote them, stores in turns, so that one with a long backlog does not make the others wait. Keys on which one is parked
     * or waits are left out from that one on.
     */
    @Select("""
        select n.id, n.store_id, n.key, d.type, d.schema, coalesce(m.body, d.body) as body, n.amendment_id,
            exists (
                select 1
                from unnest(d.after) as needed (id)
                where not exists (select 1 from document_applied a where a.id = needed.id)) as waits
        from landing l
        cross join lateral (
            select t.id, t.store_id, t.key, t.amendment_id, row_number() over (order by t.epoch, t.sequence) as place
            from document_to_apply t
            where t.store_id = l.store_id
            and t.parked_at is null
            and t.waiting_since is null
            and not exists (
                select 1
                from document_to_apply b
                where b.store_id = t.store_id
                and b.key = t.key
                and (b.epoch, b.sequence) < (t.epoch, t.sequence)
                and (b.parked_at is not null or b.waiting_since is not null))
            order by t.epoch, t.sequence
            limit #{limit}) n
        join document d on d.id = n.id
        left join document_amendment m on m.id = n.amendment_id
        order by n.place, n.store_id
        limit #{limit}
        """)
    List<LandedRow> next(int limit);

    @Select("""
        select exists (
            select 1
            from document d, unnest(d.after) as needed (id)
            where d.id = #{id}
            and not exists (select 1 from document_applied a where a.id = needed.id))
        """)
    boolean stillWaits(UUID id);

    @Update("""
        update document_to_apply
        set waiting_since = #{now}
        where id = #{id}
        and waiting_since is null
        """)
    int letWait(UUID id, Instant now);

    /** The claim: no row means that another applier has it, or a person, who may have amended it since it was read. */
    @Delete("""
        delete from document_to_apply
        where id = #{id}
        and parked_at is null
        and amendment_id is not distinct from #{amendment}::uuid
        """)
    int claim(UUID id, @Nullable UUID amendment);

    @Insert("""
        insert into document_applied (id, applied_at, remark, amendment_id)
        values (#{id}, #{now}, #{remark}, #{amendment})
        """)
    int applied(UUID id, Instant now, @Nullable String remark, @Nullable UUID amendment);

    @Update("""
        update document_to_apply
        set parked_at = #{now}, parked_reason = #{reason}, newer = #{newer}
        where id = #{id}
        and parked_at is null
        and amendment_id is not distinct from #{amendment}::uuid
        """)
    int park(UUID id, @Nullable UUID amendment, Instant now, String reason, boolean newer);

    @Update("""
        update document_to_apply
        set parked_at = null, parked_reason = null, newer = false
        where newer
        and parked_at is not null
        """)
    int tryNewer();

    @Insert("""
        insert into ledger_difference (id, document_id, what, found_at)
        values (#{id}, #{document}, #{what}, #{now})
        """)
    int difference(UUID id, UUID document, String what, Instant now);

    /** Only for this transaction. */
    @Update("""
        set local synchronous_commit = off
        """)
    void commitWithoutWaiting();
}
