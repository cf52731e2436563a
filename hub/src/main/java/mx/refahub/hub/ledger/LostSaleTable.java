package mx.refahub.hub.ledger;

import java.util.UUID;
import mx.refahub.domain.wire.LostSaleBody;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;

@Mapper
interface LostSaleTable {
    @Insert("""
        insert into lost_sale (
            id, store_id, day, asked, asked_normal, vehicle, part_id, part_text, quantity, reason, note, at, noted_by, noted_by_name,
            document_id)
        select #{body.id}, s.id, (#{body.at}::timestamptz at time zone s.time_zone)::date, #{body.asked}, #{normal}, #{body.vehicle},
            #{body.part}, #{body.partText}, #{body.quantity}, #{body.reason}, #{body.note}, #{body.at}, #{body.by}, #{body.byName},
            #{document}
        from store s
        where s.id = #{body.store}
        on conflict (id) do nothing
        """)
    int insert(LostSaleBody body, String normal, UUID document);
}
