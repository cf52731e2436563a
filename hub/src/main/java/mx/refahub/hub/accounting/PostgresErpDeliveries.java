package mx.refahub.hub.accounting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.DeliveryDesk;
import mx.refahub.domain.erp.ErpClaims;
import mx.refahub.domain.erp.ErpDeliveries;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.Posting;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import mx.refahub.hub.access.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Claims and settlements are transactions of their own: no other stays open while an ERP is spoken to. */
final class PostgresErpDeliveries implements ErpDeliveries, ErpClaims, DeliveryDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresErpDeliveries.class);
    /** Longer than any call of an adapter with its tries. */
    private static final Duration LEASE = Duration.ofMinutes(10);
    /** An ERP may still be at work on what was given up: asked before, it would say that it does not have it. */
    private static final Duration FIRST_WAIT = Duration.ofMinutes(2);

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int LONGEST_REASON = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditTrail audit;
    private final IdSource ids;
    private final Clock clock;
    private final DocumentPostings documents;

    PostgresErpDeliveries(
            JdbcClient jdbc, PlatformTransactionManager transactions, AuditTrail audit, IdSource ids, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.documents = new DocumentPostings(jdbc);
    }

    /** Of {@code erp_delivery d}: what has to be there before it is there. */
    private static final String READY = """
        and (d.needs is null or exists (
            select from erp_delivery n
            where n.target = d.target
            and n.reference = d.needs
            and n.state = 'DELIVERED'))
        """;

    private static final String STANDING = """
        select count(*) filter (where state = 'WAITING'), count(*) filter (where state = 'DELIVERED'), count(*) filter (where state = 'REFUSED'),
            coalesce(sum(amount) filter (where state = 'WAITING'), 0)::bigint, coalesce(sum(amount) filter (where state = 'REFUSED'), 0)::bigint
        from erp_delivery
        where target = :target
        """;

    @Override
    public Standing standing(ErpTarget target) {
        return jdbc.sql(STANDING)
                .param("target", target.name())
                .query((row, n) -> standing(target, row))
                .single();
    }

    @Override
    public Standing ofExport(long export, ErpTarget target) {
        return jdbc.sql(STANDING + "and export_id = :export")
                .param("target", target.name())
                .param("export", export)
                .query((row, n) -> standing(target, row))
                .single();
    }

    private static Standing standing(ErpTarget target, ResultSet row) throws SQLException {
        return new Standing(
                target,
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                Money.mxn(row.getLong(4)),
                Money.mxn(row.getLong(5)));
    }

    @Override
    public List<Row> rows(ErpTarget target, State state, int most) {
        return jdbc.sql("""
            select id, reference, day, branch, amount, state, outside_id, code, reason, tries, next_try, settled_at
            from erp_delivery
            where target = :target
            and state = :state
            order by case when :newest then day end desc, day, position, reference
            limit :most
            """)
                .param("target", target.name())
                .param("state", state.name())
                .param("newest", state == State.DELIVERED)
                .param("most", most)
                .query((row, n) -> new Row(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getObject(3, LocalDate.class),
                        row.getString(4),
                        Money.mxn(row.getLong(5)),
                        State.valueOf(row.getString(6)),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        row.getInt(10),
                        row.getObject(11, OffsetDateTime.class).toInstant(),
                        instant(row.getObject(12, OffsetDateTime.class))))
                .list();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    @Override
    public Outcome<Long> again(ErpTarget target, @Nullable String reference, Person by) {
        Long moved = transaction.execute(status -> {
            record Opened(UUID entry, boolean whole) {}
            // A document goes with its payments, a payment with its document.
            List<Opened> opened = jdbc.sql("""
                update erp_delivery d
                set state = 'WAITING', next_try = :now, claim = null, claimed_until = null, customer = null
                where target = :target
                and state = 'REFUSED'
                and (:reference::text is null or reference = :reference or needs = :reference
                    or reference = (select needs from erp_delivery p where p.target = :target and p.reference = :reference))
                returning entry_id, piece = 'ENTRY'
                """)
                    .param("target", target.name())
                    .param("reference", reference)
                    .param("now", now())
                    .query((row, n) -> new Opened(row.getObject(1, UUID.class), row.getBoolean(2)))
                    .list();
            int sooner = opened.isEmpty() && reference != null ? sooner(target, reference) : 0;
            List<UUID> entries =
                    opened.stream().filter(Opened::whole).map(Opened::entry).toList();
            if (!entries.isEmpty()) mapAnew(target, entries);
            if (!opened.isEmpty() || sooner > 0)
                audit.record(
                        by.name(),
                        "erp-delivery-again",
                        target + " " + (reference == null ? opened.size() : reference));
            return (long) opened.size() + sooner;
        });
        return moved == null || moved == 0
                ? Outcome.refused("delivery-unknown", reference == null ? "" : reference)
                : Outcome.done(moved);
    }

    /** What waits may be booked: it keeps its accounts, and the ERP the time that it may still be at work on it. */
    private int sooner(ErpTarget target, String reference) {
        return jdbc.sql("""
            update erp_delivery
            set next_try = least(next_try, greatest(:now, coalesce(tried_at, :now) + make_interval(secs => :first)))
            where target = :target
            and reference = :reference
            and state = 'WAITING'
            and claim is null
            """)
                .param("now", now())
                .param("first", FIRST_WAIT.toSeconds())
                .param("target", target.name())
                .param("reference", reference)
                .update();
    }

    private void mapAnew(ErpTarget target, List<UUID> entries) {
        jdbc.sql("""
            update export_entry_line l
            set account = m.account, account_name = m.name, sat_group = m.sat_group,
                cost_center = coalesce(
                    (select b.cost_center from branch_mapping b where b.target = :target and b.store_id = m.branch), '')
            from (
                select e.id, e.store_id as branch, n.role, n.kind, a.account, a.name, a.sat_group
                from export_entry e
                join export_entry_line n on n.entry_id = e.id
                join lateral (
                    select account, name, sat_group
                    from account_mapping
                    where target = :target
                    and role = n.role
                    and kind = n.kind
                    and (store_id = e.store_id or store_id is null)
                    order by store_id nulls last
                    limit 1) a on true
                where e.id = any (:entries)) m
            where l.entry_id = m.id
            and l.role = m.role
            and l.kind = m.kind
            """)
                .param("target", target.name())
                .param("entries", entries.toArray(UUID[]::new))
                .update();
    }

    @Override
    public List<ErpTarget> due() {
        return jdbc.sql("""
                    select distinct target
                    from erp_delivery d
                    where state = 'WAITING'
                    and next_try <= :now
                    and (claimed_until is null or claimed_until < :now)
                    """ + READY + """
                    order by target
                    """)
                .param("now", now())
                .query((row, n) -> ErpTarget.valueOf(row.getString(1)))
                .list();
    }

    @Override
    public Optional<Claim> claim(ErpTarget target, int most) {
        UUID token = ids.next();
        Integer count = transaction.execute(status -> jdbc.sql("""
            with due as (
                select id
                from erp_delivery d
                where target = :target
                and state = 'WAITING'
                and next_try <= :now
                and (claimed_until is null or claimed_until < :now)
                """ + READY + """
                order by day, position, reference
                limit :most
                for update skip locked)
            update erp_delivery d
            set claim = :token, claimed_until = :until, tries = d.tries + 1
            from due
            where d.id = due.id
            """)
                .param("target", target.name())
                .param("now", now())
                .param("most", most)
                .param("token", token)
                .param("until", at(clock.instant().plus(LEASE)))
                .update());
        return count == null || count == 0 ? Optional.empty() : Optional.of(new Claim(token, target, count));
    }

    @Override
    public boolean isOpen(UUID token) {
        return jdbc.sql("""
            select exists (
                select from erp_delivery
                where claim = :token
                and state = 'WAITING'
                and claimed_until >= :now)
            """)
                .param("token", token)
                .param("now", now())
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean isUnderWay(long export, ErpTarget target) {
        return jdbc.sql("""
            select exists (
                select from erp_delivery d
                where export_id = :export
                and target = :target
                and state = 'WAITING'
                and (claimed_until >= :now or claim is null and next_try <= :now)
                """ + READY + """
                )
            """)
                .param("export", export)
                .param("target", target.name())
                .param("now", now())
                .query(Boolean.class)
                .single();
    }

    @Override
    public Load load(UUID token) {
        List<ErpTarget> target = jdbc.sql("select distinct target from erp_delivery where claim = :token")
                .param("token", token)
                .query((row, n) -> ErpTarget.valueOf(row.getString(1)))
                .list();
        if (target.isEmpty()) throw new IllegalArgumentException("no claim " + token);
        List<Posting> postings = new ArrayList<>();
        PostgresExportBooks.EntryRows rows =
                new PostgresExportBooks.EntryRows(entry -> postings.add(new Posting.Entry(entry)));
        jdbc.sql(PostgresExportBooks.ENTRIES + """
            where e.id in (
                select entry_id
                from erp_delivery
                where claim = :token
                and state = 'WAITING'
                and piece = 'ENTRY')
            order by e.day, s.code, e.number, e.id, l.position
            """).param("token", token).query(rows);
        rows.end();
        postings.addAll(documents.of(token));
        return new Load(token, target.getFirst(), postings);
    }

    @Override
    public void settle(UUID token, List<Settled> outcomes) {
        Instant now = clock.instant();
        transaction.executeWithoutResult(status -> {
            for (Settled each : outcomes) settle(token, each, now);
        });
        long delivered = outcomes.stream()
                .filter(each -> each.delivery() instanceof Delivery.Delivered)
                .count();
        LOG.info("postings settled claim={} delivered={} others={}", token, delivered, outcomes.size() - delivered);
    }

    private void settle(UUID token, Settled settled, Instant now) {
        switch (settled.delivery()) {
            case Delivery.Delivered done ->
                jdbc.sql("""
                    update erp_delivery
                    set state = 'DELIVERED', outside_id = :outside, code = '', reason = '', settled_at = :now, claim = null, claimed_until = null
                    where claim = :token
                    and reference = :reference
                    and state = 'WAITING'
                    """)
                        .param("outside", done.outsideId())
                        .param("now", at(now))
                        .param("token", token)
                        .param("reference", settled.reference())
                        .update();
            case Delivery.Refused no -> {
                List<String> documents = jdbc.sql("""
                    update erp_delivery
                    set state = 'REFUSED', code = :code, reason = :reason, settled_at = :now, claim = null, claimed_until = null
                    where claim = :token
                    and reference = :reference
                    and state = 'WAITING'
                    returning target, piece
                    """)
                        .param("code", no.code())
                        .param("reason", cut(no.reason()))
                        .param("now", at(now))
                        .param("token", token)
                        .param("reference", settled.reference())
                        .query((row, n) -> row.getString(2).equals("INVOICE")
                                        || row.getString(2).equals("CREDIT_NOTE")
                                ? row.getString(1)
                                : "")
                        .list();
                for (String target : documents) if (!target.isEmpty()) refusePayments(target, settled.reference(), now);
            }
            case Delivery.Unreachable lost ->
                jdbc.sql("""
                    update erp_delivery
                    set code = '', reason = :reason, claim = null, claimed_until = null, tried_at = :now,
                        next_try = :now + greatest(
                            make_interval(secs => :after),
                            least(make_interval(secs => :first) * power(2, least(tries, 12) - 1), make_interval(secs => :longest)))
                    where claim = :token
                    and reference = :reference
                    and state = 'WAITING'
                    """)
                        .param("reason", cut(lost.reason()))
                        .param("now", at(now))
                        .param("after", seconds(lost.after()))
                        .param("first", FIRST_WAIT.toSeconds())
                        .param("longest", LONGEST_WAIT.toSeconds())
                        .param("token", token)
                        .param("reference", settled.reference())
                        .update();
        }
    }

    /** What pays a document that was refused goes out with it again, and not before. */
    private void refusePayments(String target, String document, Instant now) {
        jdbc.sql("""
            update erp_delivery p
            set state = 'REFUSED', code = '', reason = 'El documento ' || :document || ' fue rechazado.', settled_at = :now, claim = null,
                claimed_until = null
            where p.target = :target
            and p.needs = :document
            and p.state = 'WAITING'
            """)
                .param("target", target)
                .param("document", document)
                .param("now", at(now))
                .update();
    }

    private static long seconds(@Nullable Duration wait) {
        return wait == null ? 0 : wait.toSeconds();
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_REASON));
    }

    @Override
    public void journal(ErpTarget target, List<Settled> outcomes) {
        int count = outcomes.size();
        String[] references = new String[count];
        String[] words = new String[count];
        String[] outside = new String[count];
        String[] reasons = new String[count];
        Long[] took = new Long[count];
        for (int i = 0; i < count; i++) {
            Settled each = outcomes.get(i);
            references[i] = each.reference();
            took[i] = each.took();
            outside[i] = "";
            reasons[i] = "";
            switch (each.delivery()) {
                case Delivery.Delivered done -> {
                    words[i] = done.found() ? "FOUND" : "DELIVERED";
                    outside[i] = done.outsideId();
                }
                case Delivery.Refused no -> {
                    words[i] = "REFUSED";
                    reasons[i] = cut((no.code() + " " + no.reason()).strip());
                }
                case Delivery.Unreachable lost -> {
                    words[i] = "UNREACHABLE";
                    reasons[i] = cut(lost.reason());
                }
            }
        }
        jdbc.sql("""
            insert into erp_exchange (target, reference, at, outcome, outside_id, reason, took_ms)
            select :target, reference, :now, outcome, outside_id, reason, took
            from unnest(:references::text[], :words::text[], :outside::text[], :reasons::text[], :took::bigint[])
                as row (reference, outcome, outside_id, reason, took)
            """)
                .param("target", target.name())
                .param("now", now())
                .param("references", references)
                .param("words", words)
                .param("outside", outside)
                .param("reasons", reasons)
                .param("took", took)
                .update();
    }

    private OffsetDateTime now() {
        return at(clock.instant());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
