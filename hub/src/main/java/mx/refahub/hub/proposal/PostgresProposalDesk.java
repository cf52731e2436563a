package mx.refahub.hub.proposal;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.proposal.PartDraft;
import mx.refahub.domain.proposal.Proposal;
import mx.refahub.domain.proposal.Proposal.Verdict;
import mx.refahub.domain.proposal.ProposalDesk;
import mx.refahub.domain.stock.StockMovement;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.proposal.ProposalTable.ProposalRow;
import mx.refahub.hub.stock.StockTable;
import mx.refahub.hub.stream.Publications;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresProposalDesk implements ProposalDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresProposalDesk.class);
    private static final int MOST = 500;

    private final ProposalTable table;
    private final StockTable shelf;
    private final Publications publications;
    private final AuditTrail audit;
    private final IdSource ids;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PostgresProposalDesk(
            ProposalTable table,
            StockTable shelf,
            Publications publications,
            AuditTrail audit,
            IdSource ids,
            Clock clock,
            TransactionTemplate transaction) {
        this.table = table;
        this.shelf = shelf;
        this.publications = publications;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Override
    public List<Proposal> list(boolean decided, int limit) {
        int most = Math.clamp(limit, 1, MOST);
        return (decided ? table.decided(most) : table.open(most))
                .stream().map(PostgresProposalDesk::proposal).toList();
    }

    @Override
    public long open() {
        return table.countOpen();
    }

    @Override
    public Optional<Proposal> one(UUID id) {
        return table.one(id).map(PostgresProposalDesk::proposal);
    }

    @Override
    public Outcome<Proposal> merge(UUID id, PartId part, Person by) {
        return decide(id, Verdict.MERGED, part, "", by);
    }

    @Override
    public Outcome<Proposal> added(UUID id, PartId part, Person by) {
        return decide(id, Verdict.ADDED, part, "", by);
    }

    @Override
    public Outcome<Proposal> refuse(UUID id, String reason, Person by) {
        String why = reason.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (why.isEmpty()) return Outcome.refused("reason-missing");
        if (why.length() > MAX_REASON) return Outcome.refused("reason-too-long", Integer.toString(MAX_REASON));
        return decide(id, Verdict.REFUSED, null, why, by);
    }

    private Outcome<Proposal> decide(UUID id, Verdict verdict, @Nullable PartId part, String reason, Person by) {
        return Objects.requireNonNull(
                transaction.execute(status -> {
                    Outcome<Proposal> outcome = decideHere(id, verdict, part, reason, by);
                    if (outcome instanceof Outcome.Refused) status.setRollbackOnly();
                    return outcome;
                }),
                "an outcome");
    }

    private Outcome<Proposal> decideHere(UUID id, Verdict verdict, @Nullable PartId part, String reason, Person by) {
        // The counters first and in the order of the ledgers: their rows order all who change stock.
        long stock = part == null ? 0 : publications.raise(Stream.STOCK);
        long version = publications.raise(Stream.PROPOSALS);
        if (table.lock(id).isEmpty()) return Outcome.refused("proposal-unknown");
        Proposal present = one(id).orElseThrow();
        Proposal.Decision decided = present.decision();
        if (decided != null) return again(present, decided, part, reason);
        if (part != null) {
            Optional<Boolean> removed = table.removed(part.value());
            if (removed.isEmpty()) return Outcome.refused("part-unknown");
            if (removed.get()) return Outcome.refused("proposal-part-removed");
        }
        Instant now = clock.instant();
        int changed = table.decide(
                id,
                verdict.name(),
                part == null ? null : part.value(),
                reason,
                now,
                by.id().value(),
                by.name(),
                version);
        if (changed != 1) throw new IllegalStateException("proposal " + id + " was decided by somebody else");
        if (part != null) moveStock(present, part, now, stock);
        audit.record(by.id().toString(), "proposal " + verdict, id.toString());
        LOG.info(
                "proposal decided proposal={} store={} verdict={} part={} by={}",
                id,
                present.store(),
                verdict,
                part,
                by.id());
        return Outcome.done(one(id).orElseThrow());
    }

    /** The same decision again is no other one, whether it merges into a part or has just made it. */
    private static Outcome<Proposal> again(
            Proposal present, Proposal.Decision decided, @Nullable PartId part, String reason) {
        boolean same = Objects.equals(decided.part(), part) && decided.reason().equals(reason);
        return same
                ? Outcome.done(present)
                : Outcome.refused(
                        decided.verdict() == Verdict.REFUSED ? "proposal-refused" : "proposal-decided",
                        decided.verdict() == Verdict.REFUSED ? decided.reason() : decided.partText());
    }

    /** Two movements for each bin, which leave the branch's pieces and their value as they are: from its own part to the one in its place. */
    private void moveStock(Proposal proposal, PartId part, Instant now, long version) {
        UUID store = proposal.store().value();
        List<StockTable.Shelf> shelves = shelf.shelves(store, proposal.id()).stream()
                .filter(one -> one.moved() != 0 || one.value() != 0)
                .toList();
        if (shelves.isEmpty()) return;
        int count = shelves.size();
        String[] kinds = new String[2 * count];
        UUID[] movements = new UUID[2 * count];
        UUID[] parts = new UUID[2 * count];
        Long[] quantities = new Long[2 * count];
        String[] bins = new String[2 * count];
        Long[] values = new Long[2 * count];
        Long[] variances = new Long[2 * count];
        Arrays.fill(kinds, StockMovement.Kind.MERGED.name());
        Arrays.setAll(movements, i -> ids.next());
        Arrays.fill(variances, 0L);
        for (int i = 0; i < count; i++) {
            StockTable.Shelf one = shelves.get(i);
            parts[i] = proposal.id();
            quantities[i] = -one.moved();
            values[i] = -one.value();
            parts[count + i] = part.value();
            quantities[count + i] = one.moved();
            values[count + i] = one.value();
            bins[i] = one.bin();
            bins[count + i] = one.bin();
        }
        StockTable.Movements moved = new StockTable.Movements(
                store, proposal.id(), now, kinds, movements, parts, quantities, bins, values, variances);
        shelf.insertMovements(moved);
        shelf.sum(moved, version);
        shelf.sumBins(moved);
    }

    private static Proposal proposal(ProposalRow row) {
        return new Proposal(
                row.id(),
                new StoreId(row.storeId()),
                row.storeCode(),
                row.storeName(),
                new PartDraft(
                        new LineCode(row.lineCode()),
                        new PartNumber(row.partNumber()),
                        row.brand(),
                        row.name(),
                        row.category(),
                        row.unit(),
                        row.barcode(),
                        new Price(Money.mxn(row.price()), row.includesTax()),
                        TaxClass.valueOf(row.taxClass()),
                        row.satCode(),
                        row.satUnit()),
                row.proposedAt(),
                row.proposedByName(),
                new Quantity(row.sold()),
                decision(row));
    }

    private static Proposal.@Nullable Decision decision(ProposalRow row) {
        String verdict = row.verdict();
        Instant at = row.decidedAt();
        if (verdict == null || at == null) return null;
        return new Proposal.Decision(
                Verdict.valueOf(verdict),
                row.partId() == null ? null : new PartId(row.partId()),
                row.partText() == null ? "" : row.partText(),
                row.reason(),
                at,
                row.decidedByName() == null ? "" : row.decidedByName());
    }
}
