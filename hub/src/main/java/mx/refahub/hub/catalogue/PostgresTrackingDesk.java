package mx.refahub.hub.catalogue;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Tracking;
import mx.refahub.domain.part.TrackingDesk;
import mx.refahub.domain.sale.Folio;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The flag stands on the part; serial numbers stand on the lines of the sales. */
final class PostgresTrackingDesk implements TrackingDesk {
    private final JdbcClient jdbc;
    private final Publications publications;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    PostgresTrackingDesk(
            DataSource dataSource, Publications publications, AuditTrail audit, TransactionTemplate transaction) {
        this.jdbc = JdbcClient.create(dataSource);
        this.publications = publications;
        this.audit = audit;
        this.transaction = transaction;
    }

    @Override
    public Outcome<Tracking> of(PartId part) {
        return jdbc.sql("""
            select tracking
            from part
            where id = :id
            """)
                .param("id", part.value())
                .query((row, n) -> Tracking.valueOf(row.getString(1)))
                .optional()
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused("part-unknown"));
    }

    @Override
    public Outcome<Tracking> set(PartId part, Tracking tracking, String by) {
        transaction.executeWithoutResult(status -> {
            long version = publications.raise(Stream.CATALOGUE);
            int changed = jdbc.sql("""
                update part
                set tracking = :tracking, catalogue_version = :version
                where id = :id
                and tracking <> :tracking
                """)
                    .param("tracking", tracking.name())
                    .param("version", version)
                    .param("id", part.value())
                    .update();
            if (changed == 1) audit.record(by, "part-tracking", part.value() + " " + tracking);
            else status.setRollbackOnly();
        });
        return of(part);
    }

    @Override
    public List<Found> find(String serial, int limit) {
        return jdbc.sql("""
            select s.id, st.code, s.folio_prefix, s.folio_number, s.business_day, l.line_code, l.part_number, l.description,
                l.return_line is not null as back
            from sale_line l
            join sale s on s.id = l.sale_id
            join store st on st.id = s.store_id
            where l.particulars -> 'serials' @> jsonb_build_array(cast(:serial as text))
            and l.particulars -> 'serials' is not null
            order by s.sold_at desc
            limit :limit
            """)
                .param("serial", serial.strip())
                .param("limit", limit)
                .query((row, n) -> new Found(
                        serial.strip(),
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        new Folio(row.getString(3), row.getLong(4)).text(),
                        row.getObject(5, LocalDate.class),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getBoolean(9)))
                .list();
    }
}
