package mx.refahub.hub.proposal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.mapping.ResultSetType;
import org.jspecify.annotations.Nullable;

/** Reads the ledger of lost sales. */
@Mapper
interface LostSaleRows {
    record GroupRow(
            @Nullable UUID partId,
            String partText,
            String asked,
            long times,
            long quantity,
            String branches,
            Instant last) {}

    @Select("""
        select l.part_id,
            (array_agg(l.part_text order by l.at desc))[1] as part_text,
            (array_agg(l.asked order by l.at desc))[1] as asked,
            count(*) as times,
            sum(l.quantity)::bigint as quantity,
            string_agg(distinct s.code, ' ' order by s.code) as branches,
            max(l.at) as last
        from lost_sale l
        join store s on s.id = l.store_id
        where l.day between #{from} and #{to}
        and (#{store}::uuid is null or l.store_id = #{store})
        and (#{reason}::text is null or l.reason = #{reason})
        group by l.part_id, case when l.part_id is null then l.asked_normal else '' end
        order by count(*) desc, max(l.at) desc
        limit #{limit}
        """)
    List<GroupRow> groups(@Nullable UUID store, @Nullable String reason, LocalDate from, LocalDate to, int limit);

    record NoteRow(
            UUID id,
            String storeCode,
            String asked,
            String vehicle,
            @Nullable UUID partId,
            String partText,
            long quantity,
            String reason,
            String note,
            Instant at,
            UUID notedBy,
            String notedByName) {}

    @Select("""
        select l.id, s.code as store_code, l.asked, l.vehicle, l.part_id, l.part_text, l.quantity, l.reason, l.note, l.at, l.noted_by,
            l.noted_by_name
        from lost_sale l
        join store s on s.id = l.store_id
        where l.day between #{from} and #{to}
        and (#{store}::uuid is null or l.store_id = #{store})
        and (#{reason}::text is null or l.reason = #{reason})
        order by l.at desc, l.id
        """)
    @Options(fetchSize = 500, resultSetType = ResultSetType.FORWARD_ONLY)
    Cursor<NoteRow> notes(@Nullable UUID store, @Nullable String reason, LocalDate from, LocalDate to);
}
