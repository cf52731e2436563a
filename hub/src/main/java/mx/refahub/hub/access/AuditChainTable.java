package mx.refahub.hub.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

@Mapper
interface AuditChainTable {
    /** One linker at a time. */
    @Select(value = """
        select cast(pg_advisory_xact_lock(7261030) as text)
        """, affectData = true)
    String lock();

    record LinkRow(long link, byte[] hash) {}

    @Select("""
        select link, hash
        from audit
        where link is not null
        order by link desc
        limit 1
        """)
    Optional<LinkRow> last();

    record ActRow(UUID id, Instant at, String who, String act, String subject) {}

    @Select("""
        select id, at, who, act, subject
        from audit
        where link is null
        order by at, id
        limit #{most}
        """)
    List<ActRow> unlinked(int most);

    @Update("""
        update audit
        set link = #{link}, hash = #{hash}
        where id = #{id}
        and link is null
        """)
    int link(UUID id, long link, byte[] hash);

    record LinkedRow(long link, byte[] hash, UUID id, Instant at, String who, String act, String subject) {}

    @Select("""
        select link, hash, id, at, who, act, subject
        from audit
        where link > #{after}
        order by link
        limit #{most}
        """)
    List<LinkedRow> after(long after, int most);
}
