package mx.refahub.pos.console;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.lostsale.LostSale;
import mx.refahub.domain.lostsale.LostSaleBoard;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.proposal.PartDraft;
import mx.refahub.domain.proposal.Proposal;
import mx.refahub.domain.proposal.ProposalDesk;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.tax.TaxClass;

/** One branch with one part of its own, and one note that a spreadsheet would take for a formula. */
final class FakeMissing implements ProposalDesk, LostSaleBoard {
    static final UUID PROPOSAL = UUID.fromString("0190f0a0-0000-7000-8000-0000000000f1");
    private final Map<UUID, Proposal> proposals = new LinkedHashMap<>();
    private final List<Row> lost = new ArrayList<>();
    private final Clock clock;

    FakeMissing(Clock clock) {
        this.clock = clock;
        proposals.put(
                PROPOSAL,
                new Proposal(
                        PROPOSAL,
                        new StoreId(UUID.fromString("0190f0a0-0000-7000-8000-0000000000aa")),
                        "CEN",
                        "Sucursal Centro",
                        new PartDraft(
                                new LineCode("ZZZ"),
                                new PartNumber("QW-1"),
                                "",
                                "Bomba de agua rara",
                                "",
                                "PZA",
                                "7509999000011",
                                new Price(Money.mxn(45_000), true),
                                TaxClass.GENERAL,
                                "01010101",
                                "H87"),
                        clock.instant(),
                        "Marta Juárez",
                        Quantity.of(2),
                        null));
        lost.add(new Row(
                UUID.randomUUID(),
                "CEN",
                new LostSale(
                        UUID.randomUUID(),
                        "=HYPERLINK(\"x\")",
                        "2015 Nissan Tsuru",
                        null,
                        "",
                        Quantity.ONE,
                        LostSale.Reason.NOT_IN_CATALOGUE,
                        "azul, grande",
                        Instant.parse("2026-11-20T18:00:00Z"),
                        new UserId(UUID.randomUUID()),
                        "Marta Juárez")));
    }

    @Override
    public List<Proposal> list(boolean decided, int limit) {
        return proposals.values().stream()
                .filter(each -> (each.decision() != null) == decided)
                .toList();
    }

    @Override
    public long open() {
        return list(false, 10).size();
    }

    @Override
    public Optional<Proposal> one(UUID id) {
        return Optional.ofNullable(proposals.get(id));
    }

    @Override
    public Outcome<Proposal> merge(UUID id, PartId part, Person by) {
        return decide(id, Proposal.Verdict.MERGED, part, "", by);
    }

    @Override
    public Outcome<Proposal> added(UUID id, PartId part, Person by) {
        return decide(id, Proposal.Verdict.ADDED, part, "", by);
    }

    @Override
    public Outcome<Proposal> refuse(UUID id, String reason, Person by) {
        return reason.isBlank()
                ? Outcome.refused("reason-missing")
                : decide(id, Proposal.Verdict.REFUSED, null, reason, by);
    }

    private Outcome<Proposal> decide(UUID id, Proposal.Verdict verdict, PartId part, String reason, Person by) {
        Proposal p = proposals.get(id);
        if (p == null) return Outcome.refused("proposal-unknown");
        if (p.decision() != null)
            return Outcome.refused("proposal-decided", p.decision().partText());
        Proposal decided = new Proposal(
                p.id(),
                p.store(),
                p.storeCode(),
                p.storeName(),
                p.draft(),
                p.at(),
                p.by(),
                p.sold(),
                new Proposal.Decision(
                        verdict, part, part == null ? "" : "FRI 7974", reason, clock.instant(), by.name()));
        proposals.put(id, decided);
        return Outcome.done(decided);
    }

    @Override
    public List<Group> groups(Filter filter, int limit) {
        return lost.stream()
                .map(row -> new Group(
                        null,
                        "",
                        row.sale().asked(),
                        1,
                        Quantity.ONE,
                        List.of(row.storeCode()),
                        row.sale().at()))
                .toList();
    }

    @Override
    public void each(Filter filter, Consumer<Row> taker) {
        lost.forEach(taker);
    }
}
