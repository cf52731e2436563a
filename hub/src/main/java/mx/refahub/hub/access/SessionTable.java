package mx.refahub.hub.access;

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
interface SessionTable {
    @Insert("""
        insert into person_session (id, person_id, kind, role, process, address, device, begun_at, seen_at, expires_at)
        values (#{id}, #{person}, #{kind}, #{role}, #{process}, #{address}, #{device}, #{now}, #{now}, #{expiresAt})
        """)
    int begin(
            UUID id,
            UUID person,
            String kind,
            String role,
            String process,
            String address,
            String device,
            Instant now,
            Instant expiresAt);

    String LASTING = """
        from person_session s
        join person p on p.id = s.person_id
        where s.ended_at is null
        and s.expires_at > #{now}
        and p.removed_at is null
        and p.role = s.role
        """;

    @Select("select s.seen_at " + LASTING + """
        and s.id = #{id}
        """)
    Optional<Instant> seenAt(UUID id, Instant now);

    /** A browser's time begins anew; a token's does not. */
    @Update("""
        update person_session
        set expires_at = case when kind = 'CONSOLE' then cast(#{now} as timestamptz) + (expires_at - seen_at) else expires_at end,
            seen_at = #{now}
        where id = #{id}
        and seen_at < #{now}
        """)
    int called(UUID id, Instant now);

    record SessionRow(
            UUID id,
            UUID personId,
            String name,
            String username,
            String kind,
            String address,
            String device,
            Instant begunAt,
            Instant seenAt,
            Instant expiresAt) {}

    @Select("select s.id, s.person_id, p.name, p.username, s.kind, s.address, s.device, s.begun_at, s.seen_at,"
            + " s.expires_at "
            + LASTING + """
            and (cast(#{person} as uuid) is null or s.person_id = #{person})
            order by s.seen_at desc, s.id
            limit 1000
            """)
    List<SessionRow> all(@Nullable UUID person, Instant now);

    @Select("""
        select person_id
        from person_session
        where id = #{id}
        """)
    Optional<UUID> owner(UUID id);

    @Update("""
        update person_session
        set ended_at = #{now}, ended_by = #{by}
        where id = #{id}
        and ended_at is null
        """)
    int end(UUID id, String by, Instant now);

    @Update("""
        update person_session
        set ended_at = #{now}, ended_by = #{by}
        where person_id = #{person}
        and id <> #{keep}
        and ended_at is null
        """)
    int endOthers(UUID person, UUID keep, String by, Instant now);

    /** Browsers of a process that has begun anew: what they held lay in its memory. */
    @Update("""
        update person_session
        set ended_at = #{now}, ended_by = ''
        where kind = 'CONSOLE'
        and process = #{process}
        and ended_at is null
        """)
    int endOf(String process, Instant now);

    @Delete("""
        delete from person_session
        where coalesce(ended_at, expires_at) < #{before}
        """)
    int forget(Instant before);
}
