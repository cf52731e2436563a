package mx.refahub.store.reconcile;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mx.refahub.domain.Failure;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.document.FrameCodec;
import mx.refahub.domain.reconcile.Comparison;
import mx.refahub.domain.reconcile.Comparison.Compared;
import mx.refahub.domain.reconcile.Day;
import mx.refahub.domain.reconcile.Exchange.Taken;
import mx.refahub.domain.reconcile.Finding;
import mx.refahub.domain.reconcile.Report;
import mx.refahub.store.hublink.HubHttp;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.Acknowledged;
import mx.refahub.store.outbox.SqliteOutbox;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reconciliation from the store's end: compare, send again what the hub lacks, compare once more if anything was sent, report, and note how far. It can break off anywhere: what
 * was sent twice is there once, and nothing is noted before the hub has the report.
 */
public final class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    /** The hub keeps so many copies of what differs beside its own; more of them tell a person nothing new. */
    private static final int MOST_COPIES = 100;

    private final SqliteFile sales;
    private final Identities identities;
    private final Acknowledged acknowledged;
    private final Reconciled reconciled;
    private final HubHttp hub;
    private final Supplier<ZoneId> zone;
    private final Clock clock;

    public Reconciliation(
            SqliteFile sales,
            Identities identities,
            Acknowledged acknowledged,
            Reconciled reconciled,
            HubHttp hub,
            Supplier<ZoneId> zone,
            Clock clock) {
        this.sales = sales;
        this.identities = identities;
        this.acknowledged = acknowledged;
        this.reconciled = reconciled;
        this.hub = hub;
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * At night from the day of the last document that was compared before, else all that this store still keeps; always up to what the hub has acknowledged.
     *
     * @throws Failure {@code RETRYABLE} if the hub does not answer, {@code REJECTED} if there is no identity
     */
    public synchronized Report run(Report.Cause cause) {
        Identity identity =
                identities.current().orElseThrow(() -> Failure.rejected("la tienda todavía no está registrada"));
        HubDocuments theirs = new HubDocuments(hub, identity);
        long last = Math.min(acknowledged.sequence(), theirs.landed());
        Scope scope = scope(cause, last);
        WrittenDocuments ours = new WrittenDocuments(sales, identity.store());
        Comparison.Result found = new Comparison(ours, theirs).run(scope.days, scope.first, last);
        long exchanged = found.exchanged();
        Taken taken = mend(identity, theirs, found.findings());
        if (taken.stored() + taken.mended() > 0) {
            found = new Comparison(ours, theirs).run(scope.days, scope.first, last);
            exchanged += found.exchanged();
        }
        long documents = found.cells().stream()
                .map(Compared::store)
                .mapToLong(summary -> summary.count())
                .sum();
        Report report = new Report(
                cause,
                clock.instant(),
                scope.first,
                Math.max(scope.first, last),
                documents,
                found.cells(),
                found.findings(),
                exchanged,
                taken.stored(),
                taken.mended(),
                found.more());
        theirs.report(report);
        copies(identity, theirs, found.findings());
        if (!report.incomplete())
            reconciled.note(new Reconciled.Standing(
                    last, report.at(), documents, report.sentAgain(), differing(report.findings())));
        LOG.info(
                "reconciled with the hub cause={} documents={} upTo={} differing={} sentAgain={} mended={} exchanged={}",
                cause,
                documents,
                last,
                differing(report.findings()),
                report.sentAgain(),
                report.mended(),
                exchanged);
        return report;
    }

    /** What a person has to look at; what only waits for its turn in the hub's books is not. */
    public static long differing(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.kind() != Finding.Kind.NOT_BOOKED)
                .count();
    }

    private record Scope(List<Day> days, long first) {}

    private record Ends(long first, Instant from, Instant to) {}

    private Scope scope(Report.Cause cause, long last) {
        ZoneId here = zone.get();
        long done = cause == Report.Cause.NIGHT
                ? reconciled.last().map(Reconciled.Standing::sequence).orElse(0L)
                : 0L;
        Optional<Instant> since =
                done == 0 ? Optional.empty() : occurredAt(done).map(at -> dayOf(at, here));
        Optional<Ends> ends = sales.read(session -> session.first(
                """
                select coalesce(min(sequence), 0) as first, min(occurred_at) as since, max(occurred_at) as until
                from outbox
                where sequence <= ? and occurred_at >= ?
                """,
                row -> row.number("first") == 0
                        ? new Ends(1, Instant.EPOCH, Instant.EPOCH)
                        : new Ends(row.number("first"), row.instant("since"), row.instant("until")),
                last,
                since.orElse(Instant.EPOCH)));
        Ends found = ends.orElseThrow();
        List<Day> days = new ArrayList<>();
        if (!found.to.equals(Instant.EPOCH)) {
            LocalDate until = LocalDate.ofInstant(found.to, here);
            for (LocalDate day = LocalDate.ofInstant(found.from, here); !day.isAfter(until); day = day.plusDays(1))
                days.add(new Day(
                        day,
                        day.atStartOfDay(here).toInstant(),
                        day.plusDays(1).atStartOfDay(here).toInstant()));
        }
        return new Scope(days, found.first);
    }

    private static Instant dayOf(Instant at, ZoneId zone) {
        return LocalDate.ofInstant(at, zone).atStartOfDay(zone).toInstant();
    }

    private Optional<Instant> occurredAt(long sequence) {
        return sales.read(session -> session.first("""
                select min(occurred_at) as occurred_at
                from outbox
                where sequence >= ?
                having count(*) > 0
                """, row -> row.instant("occurred_at"), sequence));
    }

    /** Sends what the hub lacks or has damaged; whatever else differs is the hub's to keep. */
    private Taken mend(Identity identity, HubDocuments theirs, List<Finding> findings) {
        Taken all = Taken.NONE;
        for (Frame frame : frames(
                identity,
                findings.stream()
                        .filter(finding ->
                                finding.kind() == Finding.Kind.MISSING_AT_HUB || finding.kind() == Finding.Kind.DIFFERS)
                        .map(Finding::sequence)
                        .toList())) all = all.plus(theirs.send(frame));
        return all;
    }

    /** After the report, which is what they lie beside. */
    private void copies(Identity identity, HubDocuments theirs, List<Finding> findings) {
        for (Frame frame : frames(
                identity,
                findings.stream()
                        .filter(finding -> finding.kind() == Finding.Kind.DIFFERS)
                        .map(Finding::sequence)
                        .limit(MOST_COPIES)
                        .toList())) theirs.send(frame);
    }

    /** Documents that follow each other travel together. */
    private List<Frame> frames(Identity identity, List<Long> sequences) {
        List<Frame> frames = new ArrayList<>();
        List<Document> run = new ArrayList<>();
        long bytes = 0;
        for (long sequence : sequences.stream().sorted().toList()) {
            Optional<Document> read = document(identity, sequence);
            if (read.isEmpty()) continue;
            Document next = read.get();
            boolean follows = !run.isEmpty()
                    && run.getLast().sequence() + 1 == sequence
                    && run.getLast().envelope().epoch() == next.envelope().epoch()
                    && run.size() < Frame.MAX_DOCUMENTS
                    && bytes + FrameCodec.size(next) <= Frame.MAX_BYTES;
            if (!follows && !run.isEmpty()) {
                frames.add(new Frame(0, run));
                run = new ArrayList<>();
                bytes = 0;
            }
            run.add(next);
            bytes += FrameCodec.size(next);
        }
        if (!run.isEmpty()) frames.add(new Frame(0, run));
        return frames;
    }

    private Optional<Document> document(Identity identity, long sequence) {
        try {
            return sales.read(
                    session -> session.first("""
                    select sequence, id, epoch, key, type, schema, occurred_at, after, previous_hash, hash, signature, body
                    from outbox
                    where sequence = ?
                    """, row -> SqliteOutbox.document(row, identity.store()), sequence));
        } catch (IllegalArgumentException e) {
            LOG.error("a document of this store can no longer be read sequence={} reason={}", sequence, e.getMessage());
            return Optional.empty();
        }
    }
}
