package mx.refahub.hub.landing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.delivery.Landing;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface LandingTable {
    record LandingRow(
            UUID storeId,
            int epoch,
            long hubEpoch,
            long landed,
            byte[] hash,
            Landing.Freeze.@Nullable Cause frozenCause,
            @Nullable Long frozenSequence,
            @Nullable Instant gapAskedAt,
            byte[] publicKey) {
        Landing.@Nullable Freeze freeze() {
            return frozenCause == null || frozenSequence == null
                    ? null
                    : new Landing.Freeze(frozenCause, frozenSequence);
        }
    }

    @Select("""
        select l.store_id, l.epoch, l.hub_epoch, l.landed, l.hash, l.frozen_cause, l.frozen_sequence, l.gap_asked_at, s.public_key
        from landing l
        join store s on s.id = l.store_id
        where l.store_id = #{store}
        for update of l
        """)
    Optional<LandingRow> lock(UUID store);

    @Update("""
        update landing
        set landed = #{landed},
            hash = #{hash},
            frozen_cause = #{frozenCause},
            frozen_sequence = #{frozenSequence},
            frozen_at = case when #{frozenCause}::text is null then null else coalesce(frozen_at, #{now}) end,
            gap_asked_at = #{gapAskedAt},
            duplicates = duplicates + #{duplicates},
            last_landed_at = case when #{stored} > 0 then #{now} else last_landed_at end
        where store_id = #{store}
        """)
    int advance(
            UUID store,
            long landed,
            byte[] hash,
            Landing.Freeze.@Nullable Cause frozenCause,
            @Nullable Long frozenSequence,
            @Nullable Instant gapAskedAt,
            int duplicates,
            int stored,
            Instant now);

    record HashRow(long sequence, byte[] hash) {}

    @Select("""
        select sequence, hash
        from document
        where store_id = #{store}
        and epoch = #{epoch}
        and sequence between #{first} and #{last}
        """)
    List<HashRow> hashes(UUID store, int epoch, long first, long last);

    @Select("""
        select id
        from document
        where id = any(#{ids})
        """)
    List<UUID> known(UUID[] ids);

    @Insert("""
        insert into document (
            store_id, epoch, sequence, id, key, type, schema, occurred_at, after, previous_hash, hash, signature, body, landed_at)
        select
            #{store}, #{epoch}, d.sequence, d.id, d.key, d.type, d.schema, d.occurred_at, d.after::uuid[], d.previous_hash, d.hash,
            d.signature, d.body, #{now}
        from unnest(
            #{rows.sequences}, #{rows.ids}, #{rows.keys}, #{rows.types}, #{rows.schemas}, #{rows.occurredAt}, #{rows.after},
            #{rows.previousHashes}, #{rows.hashes}, #{rows.signatures}, #{rows.bodies})
            as d (sequence, id, key, type, schema, occurred_at, after, previous_hash, hash, signature, body)
        """)
    int insert(UUID store, int epoch, Rows rows, Instant now);

    @Insert("""
        insert into document_to_apply (id, store_id, key, epoch, sequence)
        select d.id, #{store}, d.key, #{epoch}, d.sequence
        from unnest(#{rows.ids}, #{rows.keys}, #{rows.sequences}) as d (id, key, sequence)
        """)
    int queue(UUID store, int epoch, Rows rows);

    record WaitingRow(long sequence, byte[] frame) {}

    @Select("""
        select sequence, frame
        from document_waiting
        where store_id = #{store}
        and epoch = #{epoch}
        order by sequence
        """)
    List<WaitingRow> waiting(UUID store, int epoch);

    @Insert("""
        insert into document_waiting (store_id, epoch, sequence, frame, received_at)
        select #{store}, #{epoch}, w.sequence, w.frame, #{now}
        from unnest(#{sequences}, #{frames}) as w (sequence, frame)
        """)
    int hold(UUID store, int epoch, Long[] sequences, byte[][] frames, Instant now);

    @Delete("""
        delete from document_waiting
        where store_id = #{store}
        and epoch = #{epoch}
        and sequence <= #{landed}
        """)
    int release(UUID store, int epoch, long landed);

    @Insert("""
        insert into document_aside (id, store_id, why, content, content_hash, received_at)
        values (#{id}, #{store}, #{why}, #{content}, #{contentHash}, #{now})
        on conflict (content_hash) do nothing
        """)
    int putAside(UUID id, @Nullable UUID store, String why, byte[] content, byte[] contentHash, Instant now);

    record ReminderRow(
            UUID storeId,
            int epoch,
            long hubEpoch,
            long landed,
            byte[] hash,
            @Nullable Instant gapAskedAt,
            boolean gap) {}

    @Select("""
        select l.store_id, l.epoch, l.hub_epoch, l.landed, l.hash, l.gap_asked_at,
            exists (select 1 from document_waiting w where w.store_id = l.store_id and w.epoch = l.epoch) as gap
        from landing l
        where l.frozen_at is null
        """)
    List<ReminderRow> notFrozen();

    @Update("""
        update landing
        set gap_asked_at = #{now}
        where store_id = #{store}
        and landed = #{landed}
        and frozen_at is null
        """)
    int askedForGap(UUID store, long landed, Instant now);
}
