package mx.refahub.hub.lender;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The only one who writes {@code lender_order}. What has ended stays as it ended. */
final class LenderTable {
    private final JdbcClient jdbc;

    LenderTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param original the order that is given back */
    record Row(
            UUID id,
            UUID store,
            @Nullable UUID connection,
            long amount,
            @Nullable UUID original,
            String state,
            String reference,
            String reason,
            Instant askedAt) {
        boolean isOpen() {
            return state.equals("ASKED") || state.equals("WAITING") || state.equals("CANCELLING");
        }
    }

    /** @return whether it is new */
    boolean insert(Row row) {
        return jdbc.sql("""
                        insert into lender_order (id, store_id, connection_id, amount, original_id, state, reference, reason, asked_at, changed_at)
                        values (:id, :store, :connection, :amount, :original, :state, :reference, :reason, :at, :at)
                        on conflict (id) do nothing
                        """)
                        .param("id", row.id())
                        .param("store", row.store())
                        .param("connection", row.connection(), java.sql.Types.OTHER)
                        .param("amount", row.amount())
                        .param("original", row.original(), java.sql.Types.OTHER)
                        .param("state", row.state())
                        .param("reference", row.reference())
                        .param("reason", row.reason())
                        .param("at", at(row.askedAt()))
                        .update()
                == 1;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    Optional<Row> one(UUID store, UUID id) {
        return jdbc.sql("""
                        select id, store_id, connection_id, amount, original_id, state, reference, reason, asked_at
                        from lender_order
                        where id = :id and store_id = :store
                        """)
                .param("id", id)
                .param("store", store)
                .query((row, number) -> row(row))
                .optional();
    }

    /** An approved order by the lender's number. */
    Optional<Row> lent(UUID store, String reference) {
        return jdbc.sql("""
                        select id, store_id, connection_id, amount, original_id, state, reference, reason, asked_at
                        from lender_order
                        where store_id = :store and reference = :reference and original_id is null and state = 'APPROVED'
                        order by asked_at
                        limit 1
                        """)
                .param("store", store)
                .param("reference", reference)
                .query((row, number) -> row(row))
                .optional();
    }

    private static Row row(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                row.getObject("store_id", UUID.class),
                row.getObject("connection_id", UUID.class),
                row.getLong("amount"),
                row.getObject("original_id", UUID.class),
                row.getString("state"),
                row.getString("reference"),
                row.getString("reason"),
                row.getObject("asked_at", OffsetDateTime.class).toInstant());
    }

    /** Only from one of these states. */
    void becomes(UUID id, String state, String reference, String reason, Instant now, String... from) {
        jdbc.sql("""
                        update lender_order
                        set state = :state, reference = case when :reference = '' then reference else :reference end, reason = :reason, changed_at = :at
                        where id = :id and state = any(:from)
                        """)
                .param("id", id)
                .param("state", state)
                .param("reference", reference)
                .param("reason", reason)
                .param("at", at(now))
                .param("from", from)
                .update();
    }

    /** To be taken back, unless a ticket has been paid with it. */
    void cancelling(UUID id, Instant now) {
        jdbc.sql("""
                        update lender_order
                        set state = 'CANCELLING', changed_at = :at
                        where id = :id and state in ('ASKED', 'WAITING', 'APPROVED') and sale_id is null
                        """).param("id", id).param("at", at(now)).update();
    }

    /** @return whether there was one of this amount that no other ticket has used */
    boolean use(UUID store, String reference, long amount, boolean refund, UUID sale) {
        return jdbc.sql("""
                        update lender_order
                        set sale_id = :sale
                        where store_id = :store and reference = :reference and amount = :amount and (original_id is not null) = :refund
                        and state = 'APPROVED' and (sale_id is null or sale_id = :sale)
                        """)
                        .param("store", store)
                        .param("reference", reference)
                        .param("amount", amount)
                        .param("refund", refund)
                        .param("sale", sale)
                        .update()
                > 0;
    }
}
