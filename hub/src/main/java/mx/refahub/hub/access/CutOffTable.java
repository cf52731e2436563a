package mx.refahub.hub.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

@Mapper
interface CutOffTable {
    record CutOffRow(Instant cutOffAt, String cutOffByName, String reason) {}

    @Select("""
        select cut_off_at, cut_off_by_name, reason
        from store_cut_off
        where store_id = #{store}
        """)
    Optional<CutOffRow> of(UUID store);

    @Select("""
        select broker_user
        from store
        where id = #{store}
        """)
    Optional<String> brokerUser(UUID store);

    /** The present epoch of a store that may come in. */
    @Select("""
        select s.epoch
        from store s
        where s.id = #{store}
        and not exists (select 1 from store_cut_off c where c.store_id = s.id)
        """)
    Optional<Integer> epoch(UUID store);

    @Insert("""
        insert into store_cut_off (store_id, cut_off_at, cut_off_by, cut_off_by_name, reason)
        values (#{store}, #{at}, #{by}, #{byName}, #{reason})
        on conflict (store_id) do nothing
        """)
    int insert(UUID store, Instant at, UUID by, String byName, String reason);

    @Delete("""
        delete from store_cut_off
        where store_id = #{store}
        """)
    int delete(UUID store);
}
