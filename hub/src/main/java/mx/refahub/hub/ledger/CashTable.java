package mx.refahub.hub.ledger;

import java.util.UUID;
import mx.refahub.domain.wire.CashSessionOpenedBody;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;

@Mapper
interface CashTable {
    @Insert("""
        insert into cash_session (
            id, store_id, register_id, opened_by, opened_by_name, opened_at, opening_float, currency, document_id)
        values (
            #{session.id}, #{session.store}, #{session.register}, #{session.openedBy}, #{session.openedByName}, #{session.openedAt},
            #{session.openingFloat}, #{session.currency}, #{document})
        on conflict (id) do nothing
        """)
    int insert(CashSessionOpenedBody session, UUID document);
}
