package mx.refahub.hub.ledger;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.wire.GoodsHandedOverBody;
import mx.refahub.domain.wire.SaleBody;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

@Mapper
interface NoteTable {
    @Insert("""
        insert into sale_note (sale_id, number, issued_by, issued_by_name, issued_at, hand_over)
        values (#{sale}, #{note.number}, #{note.by}, #{note.byName}, #{note.at}, #{note.handOver})
        on conflict (sale_id) do nothing
        """)
    int insertNote(UUID sale, SaleBody.NoteBody note);

    @Select("""
        select number, issued_by as "by", issued_by_name as by_name, issued_at as at, hand_over
        from sale_note
        where sale_id = #{sale}
        """)
    SaleBody.@Nullable NoteBody note(UUID sale);

    @Insert("""
        insert into hand_over (id, store_id, sale_id, folio, at, by_id, by_name, document_id)
        values (#{body.id}, #{body.store}, #{body.sale}, #{body.folio}, #{body.at}, #{body.by}, #{body.byName}, #{document})
        on conflict (id) do nothing
        """)
    int insertHandOver(GoodsHandedOverBody body, UUID document);

    @Insert("""
        <script>
        insert into hand_over_line (hand_over_id, line_id, quantity)
        values
        <foreach collection="lines" item="line" separator=",">
            (#{handOver}, #{line.line}, #{line.quantity})
        </foreach>
        </script>
        """)
    int insertLines(UUID handOver, List<GoodsHandedOverBody.GivenBody> lines);

    /** Lines of which more was handed over than was sold and has not come back. */
    record Exceeded(String lineCode, String partNumber, long sold, long given) {}

    @Select("""
        select line.line_code, line.part_number, line.quantity as sold, given.quantity as given
        from sale_line line
        join (
            select one.line_id, sum(one.quantity) as quantity
            from hand_over
            join hand_over_line one on one.hand_over_id = hand_over.id
            where hand_over.sale_id = #{sale}
            group by one.line_id) given on given.line_id = line.id
        where line.sale_id = #{sale} and given.quantity > line.quantity
        order by line.position
        """)
    List<Exceeded> exceeded(UUID sale);

    /** Lines of this hand-over that its sale does not have. */
    @Select("""
        select count(*)
        from hand_over_line given
        where given.hand_over_id = #{handOver}
        and not exists (select 1 from sale_line line where line.id = given.line_id and line.sale_id = #{sale})
        """)
    int strangers(UUID handOver, UUID sale);
}
