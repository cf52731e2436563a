package mx.refahub.hub.ledger;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.wire.InvoiceRequestedBody;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

@Mapper
interface InvoiceTable {
    @Select("""
        select business_day
        from sale
        where id = #{sale}
        and store_id = #{store}
        """)
    Optional<LocalDate> dayOf(UUID sale, UUID store);

    @Insert("""
        insert into invoice_request (
            id, store_id, sale_id, rfc, name, postal_code, regime, use, email, requested_at, requested_by, deadline, document_id)
        values (
            #{body.id}, #{body.store}, #{body.sale}, #{body.rfc}, #{body.name}, #{body.postalCode}, #{body.regime}, #{body.use},
            #{body.email}, #{body.requestedAt}, #{body.requestedBy}, #{deadline}, #{document})
        on conflict (id) do nothing
        """)
    int insert(InvoiceRequestedBody body, LocalDate deadline, UUID document);
}
