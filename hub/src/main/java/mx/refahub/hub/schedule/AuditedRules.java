package mx.refahub.hub.schedule;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import mx.refahub.domain.job.RuleTrail;
import mx.refahub.domain.store.Person;
import mx.refahub.hub.access.AuditTrail;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of the hub's audit trail whose act begins with {@code jobs-}. Written on the connection of the transaction that is under way. */
final class AuditedRules implements RuleTrail {
    private static final String MARK = "jobs-";
    private static final int MOST = 500;

    private final AuditTrail audit;
    private final JdbcClient jdbc;

    AuditedRules(AuditTrail audit, DataSource dataSource) {
        this.audit = audit;
        jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public void changed(Person by, Act act, String about, List<Difference> differences) {
        audit.record(
                by.id().toString(),
                MARK + act.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                Entry.text(about, differences));
    }

    @Override
    public List<Entry> newest(int most) {
        return jdbc
                .sql("""
                select a.at, coalesce(p.name, a.who), a.act, a.subject
                from audit a
                left join person p on p.id::text = a.who
                where a.act like 'jobs-%'
                order by a.at desc, a.id desc
                limit :most
                """)
                .param("most", Math.clamp(most, 1, MOST))
                .query((row, n) -> Entry.of(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        row.getString(2),
                        row.getString(3)
                                .substring(MARK.length())
                                .toUpperCase(Locale.ROOT)
                                .replace('-', '_'),
                        row.getString(4)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }
}
