package mx.refahub.hub.stock;

import java.util.UUID;
import mx.refahub.domain.wire.LeaseBody;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Promises between branches. Every step brings the whole promise, so a later one may come first. */
@Mapper
public interface LeaseTable {
    @Insert("""
        insert into stock_lease (
            id, asker, giver, part_id, quantity, ticket_id, line_id, for_whom, asked_at, asked_by, asked_by_hub, expires_at, leases_version)
        values (
            #{b.id}, #{b.asker}, #{b.giver}, #{part}, #{b.quantity}, #{b.ticket}, #{b.line}, #{b.forWhom}, #{b.askedAt}, #{b.askedBy},
            #{b.byHub}, #{b.expiresAt}, #{version})
        on conflict (id) do nothing
        """)
    int insert(LeaseBody b, UUID part, long version);

    /** A step that was heard of stays as it is, but for the answer: a branch that was restored gives it anew. */
    @Update("""
        <script>
        update stock_lease
        set leases_version = #{version},
        <choose>
        <when test="b.step == 'RESERVED'">
            reserved = case when reserved_at &gt; #{b.at} then reserved else #{b.pieces} end, reserved_at = greatest(reserved_at, #{b.at})
        </when>
        <when test="b.step == 'REFUSED'">
            refused_at = coalesce(refused_at, #{b.at}), refused_by = coalesce(refused_by, #{b.byName}), why = case when why = '' then #{b.why} else why end
        </when>
        <when test="b.step == 'RELEASED'">
            released_at = coalesce(released_at, #{b.at})
        </when>
        <when test="b.step == 'SENT'">
            sent_at = coalesce(sent_at, #{b.at}), sent = coalesce(sent, #{b.pieces}), sent_number = coalesce(sent_number, #{b.number})
        </when>
        <when test="b.step == 'WITHDRAWN'">
            withdrawn_at = coalesce(withdrawn_at, #{b.at}), withdrawn_by = coalesce(withdrawn_by, #{b.byName}),
            why = case when why = '' then #{b.why} else why end
        </when>
        <otherwise>
            asked_by = asked_by
        </otherwise>
        </choose>
        where id = #{b.id}
        and asker = #{b.asker}
        and giver = #{b.giver}
        </script>
        """)
    int step(LeaseBody b, long version);

    @Select("""
        select exists (
            select
            from store
            where id = #{store})
        """)
    boolean isStore(UUID store);

    /** What is promised goes down with the figure that it is promised of. */
    @Update("""
        update stock_on_hand
        set stock_version = #{version}
        where store_id = #{store}
        and part_id = #{part}
        """)
    int tell(UUID store, UUID part, long version);
}
