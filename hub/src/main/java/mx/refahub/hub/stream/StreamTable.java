package mx.refahub.hub.stream;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

@Mapper
interface StreamTable {
    record Version(String stream, long version) {}

    @Select("""
        select stream, version
        from stream_version
        """)
    List<Version> versions();

    // A statement that writes and answers: as a select, so that the answer is read.
    @Select(value = """
        update stream_version
        set version = version + 1, published_at = #{now}
        where stream = #{stream}
        returning version
        """, affectData = true)
    Long raise(String stream, Instant now);

    /** A record in the write-ahead log whose commit, being synchronous, makes everything written before it durable. */
    @Select(value = """
        select cast(pg_logical_emit_message(true, 'refahub', '') as text)
        """, affectData = true)
    String mark();
}
