package mx.refahub.hub.accounting;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportWays;
import mx.refahub.domain.store.Person;
import mx.refahub.hub.access.AuditTrail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresExportWays implements ExportWays {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditTrail audit;
    private final Clock clock;

    PostgresExportWays(JdbcClient jdbc, TransactionTemplate transaction, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public List<Span> of(ErpTarget target) {
        return jdbc.sql("""
            select subject, way, from_day, set_by, set_at
            from accounting_way
            where target = :target
            order by subject desc, from_day
            """)
                .param("target", target.name())
                .query((row, n) -> new Span(
                        Subject.valueOf(row.getString(1)),
                        Way.valueOf(row.getString(2)),
                        row.getObject(3, LocalDate.class),
                        row.getString(4),
                        row.getObject(5, OffsetDateTime.class).toInstant()))
                .list();
    }

    @Override
    public Outcome<List<Span>> set(ErpTarget target, Subject subject, Way way, LocalDate from, Person by) {
        if (!target.takesDocuments()) return Outcome.refused("export-way-files");
        return Objects.requireNonNull(transaction.execute(status -> {
            // The lock of an export: what it takes while this is set goes one way or the other.
            jdbc.sql("select pg_advisory_xact_lock(hashtext('accounting-export'))")
                    .query(rs -> {});
            List<LocalDate> taken = jdbc.sql("""
                select max(day)
                from export_entry
                where target = :target
                and day >= :from
                having max(day) is not null
                """)
                    .param("target", target.name())
                    .param("from", from)
                    .query((row, number) -> row.getObject(1, LocalDate.class))
                    .list();
            if (!taken.isEmpty())
                return Outcome.<List<Span>>refused(
                        "export-way-exported", taken.getFirst().plusDays(1).toString());
            jdbc.sql("delete from accounting_way where target = :target and subject = :subject and from_day >= :from")
                    .param("target", target.name())
                    .param("subject", subject.name())
                    .param("from", from)
                    .update();
            jdbc.sql("""
                insert into accounting_way (target, subject, from_day, way, set_by, set_at)
                values (:target, :subject, :from, :way, :by, :now)
                """)
                    .param("target", target.name())
                    .param("subject", subject.name())
                    .param("from", from)
                    .param("way", way.name())
                    .param("by", by.name())
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
            audit.record(by.name(), "export-way-set", target + " " + subject + " " + way + " " + from);
            return Outcome.done(of(target));
        }));
    }
}
