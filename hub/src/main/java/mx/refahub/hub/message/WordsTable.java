package mx.refahub.hub.message;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

@Mapper
interface WordsTable {
    @Insert("""
        insert into document_words_at (store_id, epoch, sequence)
        select l.store_id, 0, 0
        from landing l
        where not exists (select 1 from document_words_at a where a.store_id = l.store_id)
        on conflict do nothing
        """)
    int begin();

    @Select("""
        select a.store_id
        from document_words_at a
        where exists (
            select 1
            from document d
            where d.store_id = a.store_id
            and (d.epoch, d.sequence) > (a.epoch, a.sequence))
        """)
    List<UUID> behind();

    /** @return whether at least so many documents wait to be applied */
    @Select("""
        select count(*) = #{many}
        from (
            select 1
            from document_to_apply
            where parked_at is null
            limit #{many}) waiting
        """)
    boolean isBacklog(int many);

    record Position(int epoch, long sequence) {}

    @Select("""
        select epoch, sequence
        from document_words_at
        where store_id = #{store}
        for update
        """)
    Optional<Position> lock(UUID store);

    record BodyRow(UUID id, int epoch, long sequence, byte[] body) {}

    @Select("""
        select id, epoch, sequence, body
        from document
        where store_id = #{store}
        and (epoch, sequence) > (#{epoch}, #{sequence})
        order by epoch, sequence
        limit #{limit}
        """)
    List<BodyRow> next(UUID store, int epoch, long sequence, int limit);

    @Insert("""
        insert into document_words (document_id, words)
        select w.id, array_to_tsvector(string_to_array(w.words, ' '))
        from unnest(#{ids}, #{words}) as w (id, words)
        on conflict (document_id) do nothing
        """)
    int write(UUID[] ids, String[] words);

    @Update("""
        update document_words_at
        set epoch = #{epoch}, sequence = #{sequence}
        where store_id = #{store}
        """)
    int advance(UUID store, int epoch, long sequence);
}
