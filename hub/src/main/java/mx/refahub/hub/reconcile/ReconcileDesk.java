package mx.refahub.hub.reconcile;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.document.FrameCodec;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.reconcile.Comparison.Compared;
import mx.refahub.domain.reconcile.Exchange.Taken;
import mx.refahub.domain.reconcile.Finding;
import mx.refahub.domain.reconcile.Mark;
import mx.refahub.domain.reconcile.Report;
import mx.refahub.domain.reconcile.Side;
import mx.refahub.domain.store.StoreId;
import mx.refahub.hub.reconcile.ReconcileTable.DocumentRow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What stores ask and tell when they reconcile. */
public final class ReconcileDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileDesk.class);
    /** Reports older than this go when a new one comes; differences stay. */
    private static final Duration REPORTS_KEPT = Duration.ofDays(400);

    private final ReconcileTable table;
    private final IdSource ids;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final TransactionTemplate reading;

    ReconcileDesk(ReconcileTable table, IdSource ids, Clock clock, PlatformTransactionManager transactions) {
        this.table = table;
        this.ids = ids;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        reading.setReadOnly(true);
        reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    public Side documents(StoreId store) {
        return new LandedDocuments(table, reading, store.value());
    }

    /** Empty if the store is unknown. */
    public Optional<Long> landed(StoreId store) {
        return table.landed(store.value());
    }

    /** What follows this sequence, consecutive and of one epoch, at most so many and at most what a frame holds. */
    public List<Document> after(StoreId store, long sequence, int most) {
        List<Document> documents = new ArrayList<>();
        long bytes = 0;
        for (DocumentRow row : table.between(store.value(), sequence + 1, Long.MAX_VALUE, most)) {
            Document next = DocumentRows.document(row);
            bytes += FrameCodec.size(next);
            boolean follows = documents.isEmpty()
                    || (documents.getLast().sequence() + 1 == next.sequence()
                            && documents.getLast().envelope().epoch()
                                    == next.envelope().epoch()
                            && bytes <= Frame.MAX_BYTES);
            if (!follows) break;
            documents.add(next);
        }
        return List.copyOf(documents);
    }

    /**
     * Documents beside the relay. One that is missing among the landed is put in its place if it is authentic and fits its neighbours; one whose copy
     * here is damaged is made whole if its hash is the one that landed. Everything else stays as it is here, theirs as evidence.
     */
    public Taken take(StoreId store, Frame frame) {
        if (!frame.store().equals(store))
            return new Taken(0, 0, 0, frame.documents().size());
        Instant now = clock.instant();
        Taken taken = transaction.execute(status -> {
            long landed = table.lock(store.value()).orElse(0L);
            Optional<PublicKey> key = table.key(store.value(), frame.epoch()).map(ReconcileDesk::key);
            Taken all = Taken.NONE;
            for (Document document : frame.documents()) all = all.plus(take(document, landed, key, now));
            return all;
        });
        if (taken.stored() + taken.mended() > 0)
            LOG.warn(
                    "documents mended store={} first={} last={} stored={} mended={}",
                    store,
                    frame.first(),
                    frame.last(),
                    taken.stored(),
                    taken.mended());
        return taken;
    }

    private Taken take(Document document, long landed, Optional<PublicKey> key, Instant now) {
        UUID store = document.envelope().store().value();
        long sequence = document.sequence();
        boolean authentic = key.filter(document::isAuthentic).isPresent();
        List<DocumentRow> around = table.between(store, Math.max(1, sequence - 1), sequence + 1, 3);
        DocumentRow here = at(around, sequence);
        if (here == null) {
            boolean fits = authentic && sequence <= landed && fits(document, around) && !table.knows(document.id());
            if (!fits) return new Taken(0, 0, 0, 1);
            DocumentRow row = DocumentRows.row(document);
            table.insert(row, now);
            table.queue(row);
            table.findWordsAgain(store, row.epoch(), sequence);
            return new Taken(1, 0, 0, 0);
        }
        boolean damaged = !DocumentRows.hash(here).equals(Sha256.of(here.hash()).toString());
        boolean same = Arrays.equals(here.hash(), document.hash().bytes());
        if (damaged && same && authentic && table.mend(DocumentRows.row(document)) == 1) return new Taken(0, 1, 0, 0);
        return table.keepCopy(store, sequence, FrameCodec.encode(new Frame(0, List.of(document)))) == 1
                ? new Taken(0, 0, 1, 0)
                : new Taken(0, 0, 0, 1);
    }

    private static boolean fits(Document document, List<DocumentRow> around) {
        DocumentRow before = at(around, document.sequence() - 1);
        DocumentRow after = at(around, document.sequence() + 1);
        int epoch = document.envelope().epoch();
        return (before == null
                        || before.epoch() != epoch
                        || Arrays.equals(
                                before.hash(),
                                document.envelope().previousHash().bytes()))
                && (after == null
                        || after.epoch() != epoch
                        || Arrays.equals(after.previousHash(), document.hash().bytes()));
    }

    private static @Nullable DocumentRow at(List<DocumentRow> rows, long sequence) {
        for (DocumentRow row : rows) if (row.sequence() == sequence) return row;
        return null;
    }

    /** Keeps it, opens what differs newly and closes what no longer does. */
    public UUID report(StoreId store, Report report) {
        UUID id = ids.next();
        Instant now = clock.instant();
        transaction.executeWithoutResult(status -> {
            List<Compared> cells = report.cells();
            table.insertRun(
                    id,
                    store.value(),
                    report.cause().name(),
                    now,
                    report.first(),
                    report.last(),
                    report.documents(),
                    cells.size(),
                    report.exchanged(),
                    report.sentAgain(),
                    report.mended(),
                    report.incomplete());
            table.insertCells(
                    id,
                    cells.stream()
                            .map(cell -> cell.cell().day().date().toString())
                            .toArray(String[]::new),
                    cells.stream().map(cell -> cell.cell().type()).toArray(String[]::new),
                    cells.stream().map(cell -> cell.store().count()).toArray(Long[]::new),
                    cells.stream().map(cell -> cell.store().sum()).toArray(Long[]::new),
                    cells.stream().map(cell -> cell.hub().count()).toArray(Long[]::new),
                    cells.stream().map(cell -> cell.hub().sum()).toArray(Long[]::new),
                    cells.stream().map(cell -> cell.equal() ? 1L : 0L).toArray(Long[]::new));
            for (Finding finding : report.findings()) keep(store, finding, now);
            table.settleAmended(store.value(), now);
            if (!report.incomplete()) table.gone(store.value(), report.first(), report.last(), now);
            table.forget(store.value(), now.minus(REPORTS_KEPT));
        });
        LOG.info(
                "store reconciled store={} documents={} differing={} sentAgain={} exchanged={}",
                store,
                report.documents(),
                report.findings().size(),
                report.sentAgain(),
                report.exchanged());
        return id;
    }

    private void keep(StoreId store, Finding finding, Instant now) {
        Mark ours = finding.hub();
        Mark theirs = finding.store();
        table.found(
                ids.next(),
                store.value(),
                finding.sequence(),
                finding.kind().name(),
                finding.cell().day().date(),
                finding.cell().type(),
                ours == null ? (theirs == null ? null : theirs.id()) : ours.id(),
                theirs == null ? null : theirs.hash(),
                ours == null ? null : ours.hash(),
                theirs == null ? null : theirs.amount(),
                ours == null ? null : ours.amount(),
                now);
    }

    private static PublicKey key(byte[] encoded) {
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a registered key cannot be read", e);
        }
    }
}
