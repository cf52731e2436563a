package mx.refahub.hub.registry;

import java.time.Instant;
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
interface HealthTable {
    @Update("""
        update store_heartbeat
        set level = #{level}, health = cast(#{health} as jsonb)
        where store_id = #{store}
        """)
    int heard(UUID store, @Nullable String level, @Nullable String health);

    /** Unless the last row says the same and is not old yet. */
    @Insert("""
        insert into store_heartbeat_past (
            store_id, at, level, version, machine, waiting, disk_free_bytes, clock_offset_millis, troubles)
        select #{store}, #{now}, #{level}, #{version}, #{machine}, #{waiting}, #{diskFreeBytes}, #{clockOffsetMillis}, #{troubles}
        where not exists (
            select 1
            from (
                select at, level, version, machine, troubles
                from store_heartbeat_past
                where store_id = #{store}
                order by at desc
                limit 1) last
            where last.level = #{level}
            and last.version = #{version}
            and last.machine = #{machine}
            and last.troubles = #{troubles}
            and last.at > #{notBefore})
        on conflict (store_id, at) do nothing
        """)
    int remember(
            UUID store,
            Instant now,
            Instant notBefore,
            String level,
            String version,
            String machine,
            long waiting,
            long diskFreeBytes,
            long clockOffsetMillis,
            String troubles);

    @Delete("""
        delete from store_heartbeat_past
        where store_id = #{store}
        and at < #{before}
        """)
    int forget(UUID store, Instant before);

    @Select("""
        select count(*)
        from document_to_apply
        where store_id = #{store}
        and newer
        and parked_at is not null
        """)
    long newer(UUID store);

    record ViewRow(
            @Nullable Instant at,
            @Nullable String level,
            @Nullable String health,
            String version,
            long waiting,
            long diskFreeBytes,
            @Nullable Instant secretsSetAt,
            @Nullable Instant secretsAskedAt) {}

    @Select("""
        select h.received_at as at, h.level, h.health::text as health, coalesce(h.version, '') as version,
            greatest(coalesce(h.outbox_last, 0) - l.landed, 0) as waiting, coalesce(h.disk_free_bytes, 0) as disk_free_bytes,
            s.secrets_set_at, s.rotation_asked_at as secrets_asked_at
        from store s
        join landing l on l.store_id = s.id
        left join store_heartbeat h on h.store_id = s.id
        where s.id = #{store}
        """)
    Optional<ViewRow> view(UUID store);

    record BeatRow(
            Instant at,
            String level,
            String version,
            long waiting,
            long diskFreeBytes,
            long clockOffsetMillis,
            String troubles) {}

    @Select("""
        select at, level, version, waiting, disk_free_bytes, clock_offset_millis, troubles
        from store_heartbeat_past
        where store_id = #{store}
        order by at desc
        limit #{most}
        """)
    List<BeatRow> past(UUID store, int most);

    @Insert("""
        insert into store_answer (command_id, store_id, kind, ordered_at, ordered_by)
        values (#{command}, #{store}, #{kind}, #{now}, #{by})
        on conflict (command_id) do nothing
        """)
    int ordered(UUID command, UUID store, String kind, Instant now, String by);

    /** Only of an order that this store was given. */
    @Update("""
        update store_answer
        set answered_at = #{now}, exit_status = #{exit}, lines = #{lines}, attachment = #{attachment}
        where command_id = #{command}
        and store_id = #{store}
        """)
    int answered(UUID store, UUID command, Instant now, int exit, String lines, byte @Nullable [] attachment);

    /** A bundle is for the support case of the day. */
    @Update("""
        update store_answer
        set attachment = null
        where store_id = #{store}
        and attachment is not null
        and answered_at < #{before}
        """)
    int dropAttachments(UUID store, Instant before);

    record OrderedRow(
            UUID commandId,
            String kind,
            Instant orderedAt,
            String orderedBy,
            @Nullable Instant answeredAt,
            @Nullable Integer exitStatus,
            String lines,
            boolean attached) {}

    @Select("""
        select command_id, kind, ordered_at, ordered_by, answered_at, exit_status, coalesce(lines, '') as lines,
            attachment is not null as attached
        from store_answer
        where store_id = #{store}
        order by ordered_at desc
        limit #{most}
        """)
    List<OrderedRow> orders(UUID store, int most);

    record FileRow(byte[] attachment) {}

    @Select("""
        select attachment
        from store_answer
        where store_id = #{store}
        and command_id = #{command}
        and attachment is not null
        """)
    Optional<FileRow> attachment(UUID store, UUID command);
}
