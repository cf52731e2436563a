package mx.refahub.hub.company;

import java.time.Instant;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;

@Mapper
interface CompanyTable {
    @Insert("""
        insert into hub_state (hub_epoch, created_at)
        values (#{hubEpoch}, #{now})
        on conflict (only_row) do nothing
        """)
    int beginEpoch(long hubEpoch, Instant now);

    @Insert("""
        insert into company (rfc, name, regime, receipt_footer)
        values (#{rfc}, #{name}, #{regime}, #{receiptFooter})
        on conflict (only_row) do nothing
        """)
    int insert(String rfc, String name, String regime, String receiptFooter);
}
