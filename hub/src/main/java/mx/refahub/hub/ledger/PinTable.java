package mx.refahub.hub.ledger;

import java.util.UUID;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Update;

@Mapper
interface PinTable {
    @Update("""
        update person
        set pin_hash = #{pinHash}, code_hash = null, code_expires_at = null, code_tries = 0, users_version = #{version}
        where id = #{user}
        and store_id = #{store}
        """)
    int choose(UUID user, UUID store, String pinHash, long version);
}
