package mx.refahub.pos.desk;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.OpenOrders;
import mx.refahub.domain.stock.Holding;
import mx.refahub.domain.stock.StockCounts;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.domain.stock.StockMovement.Kind;
import mx.refahub.domain.stock.TransferNumber;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.wire.StockBody;
import org.jspecify.annotations.Nullable;

/** A shelf in memory, as far as pages look at it. */
final class DeskStock implements StockDesk, StockCounts {
    static final UUID CENTRO = UUID.fromString("01890000-0000-7000-8000-00000000000a");
    static final UUID NORTE = UUID.fromString("01890000-0000-7000-8000-00000000000b");

    private final PartCatalogue catalogue;
    private final OpenOrders orders;
    private final Clock clock;
    private final Map<UUID, StockBody> documents = new LinkedHashMap<>();
    private final Map<PartId, Holding> holdings = new LinkedHashMap<>();
    private final List<Transit> transits = new ArrayList<>();
    private final Map<UUID, Count> counts = new LinkedHashMap<>();
    private final Map<UUID, Map<PartId, Counted>> counted = new LinkedHashMap<>();
    private final Map<UUID, Counted> acts = new LinkedHashMap<>();

    DeskStock(PartCatalogue catalogue, OpenOrders orders, Clock clock) {
        this.catalogue = catalogue;
        this.orders = orders;
        this.clock = clock;
    }

    private synchronized Outcome<StockBody> write(
            UUID act, Kind kind, String number, List<StockLine> lines, Person who, @Nullable UUID to, BigDecimal rate) {
        StockBody there = documents.get(act);
        if (there != null) return Outcome.done(there);
        List<StockBody.LineBody> written = new ArrayList<>();
        for (StockLine line : lines) {
            long pieces = kind == Kind.TRANSFER_OUT
                    ? -line.quantity().thousandths()
                    : line.quantity().thousandths();
            Holding before = holding(line.part().id());
            BigDecimal cost = line.cost();
            long paid = cost == null
                    ? before.worth(Math.abs(pieces))
                    : cost.multiply(rate).movePointRight(2).longValue() * pieces / 1000;
            Holding.Step step = pieces == 0
                    ? new Holding.Step(before, 0, 0)
                    : pieces > 0 ? before.in(pieces, paid, cost != null) : before.out(-pieces);
            holdings.put(line.part().id(), step.after());
            written.add(new StockBody.LineBody(
                    line.id(),
                    line.part().id().value(),
                    line.part().lineCode().value(),
                    line.part().number().value(),
                    line.part().nameEs(),
                    line.part().unit(),
                    line.bin(),
                    pieces,
                    cost == null ? "" : cost.toPlainString(),
                    step.value(),
                    step.variance(),
                    line.lost().thousandths(),
                    0,
                    null,
                    null,
                    null));
        }
        StockBody body = new StockBody(
                act,
                CENTRO,
                kind.name(),
                number,
                clock.instant(),
                who.id().value(),
                who.name(),
                to,
                "",
                "",
                "",
                "",
                "MXN",
                rate.toPlainString(),
                false,
                written);
        documents.put(act, body);
        return Outcome.done(body);
    }

    private Holding holding(PartId part) {
        Holding held = holdings.get(part);
        if (held != null) return held;
        return catalogue
                .card(part)
                .map(card -> new Holding(card.stock().thousandths(), 0, 0))
                .orElse(Holding.NOTHING);
    }

    @Override
    public Outcome<TakenIn> receive(Receipt receipt, Person who) {
        List<StockLine> taken = new ArrayList<>();
        List<RefusedLine> refused = new ArrayList<>();
        OfOrder of = receipt.order();
        OpenOrders.Order order =
                of == null || of.id() == null ? null : orders.one(of.id()).orElse(null);
        for (StockLine line : receipt.lines()) {
            OpenOrders.Line ordered = order == null
                    ? null
                    : order.lines().stream()
                            .filter(one -> one.part().equals(line.part().id()))
                            .findFirst()
                            .orElse(null);
            if (order == null || receipt.surplus() != null) taken.add(line);
            else if (ordered == null)
                refused.add(new RefusedLine(line.id(), Refusal.of("receipt-not-ordered", order.number())));
            else if (line.quantity().compareTo(ordered.open()) > 0)
                refused.add(new RefusedLine(
                        line.id(),
                        Refusal.of(
                                "receipt-beyond",
                                order.number(),
                                ordered.ordered().text(),
                                ordered.received().text(),
                                line.quantity().text(),
                                new Quantity(line.quantity().thousandths()
                                                - ordered.open().thousandths())
                                        .text())));
            else taken.add(line);
        }
        if (taken.isEmpty()) return Outcome.done(new TakenIn(null, refused));
        return taken(write(receipt.act(), Kind.RECEIPT, "", taken, who, null, receipt.rate()), refused);
    }

    @Override
    public Outcome<StockBody> send(Sending sending, Person who) {
        if (branches().stream().noneMatch(branch -> branch.id().equals(sending.to())))
            return Outcome.refused("branch-unknown");
        TransferNumber number = TransferNumber.of("CEN", transits.size() + 1, new Random());
        transits.add(new Transit(
                number,
                "CEN",
                "NTE",
                false,
                clock.instant(),
                sending.lines().stream()
                        .map(line -> new TransitLine(line.part().id(), line.quantity(), Quantity.ZERO, Quantity.ZERO))
                        .toList()));
        return write(
                sending.act(), Kind.TRANSFER_OUT, number.value(), sending.lines(), who, sending.to(), BigDecimal.ONE);
    }

    @Override
    public Outcome<TakenIn> takeIn(Arrival arrival, Person who) {
        return taken(
                write(
                        arrival.act(),
                        Kind.TRANSFER_IN,
                        arrival.number().value(),
                        arrival.lines(),
                        who,
                        null,
                        BigDecimal.ONE),
                List.of());
    }

    private static Outcome<TakenIn> taken(Outcome<StockBody> written, List<RefusedLine> refused) {
        return switch (written) {
            case Outcome.Done<StockBody>(StockBody body) -> Outcome.done(new TakenIn(body, refused));
            case Outcome.Refused<StockBody>(Refusal why) -> new Outcome.Refused<>(why);
        };
    }

    @Override
    public Outcome<StockBody> adjust(Adjustment adjustment, Person who) {
        return write(adjustment.act(), Kind.ADJUSTMENT, "", adjustment.lines(), who, null, BigDecimal.ONE);
    }

    @Override
    public Map<PartId, Standing> standing(Collection<PartId> parts) {
        Map<PartId, Standing> standing = new LinkedHashMap<>();
        for (PartId part : parts) {
            Holding held = holding(part);
            standing.put(part, new Standing(held, "A-1", List.of(new InBin("A-1", new Quantity(held.quantity())))));
        }
        return standing;
    }

    @Override
    public Map<PartId, List<AtBranch>> byBranch(Collection<PartId> parts) {
        Map<PartId, List<AtBranch>> found = new LinkedHashMap<>();
        for (PartId part : parts)
            found.put(
                    part,
                    List.of(
                            new AtBranch(
                                    CENTRO, "CEN", new Quantity(holding(part).quantity()), true, null),
                            new AtBranch(
                                    NORTE,
                                    "NTE",
                                    Quantity.of(7),
                                    false,
                                    clock.instant().minusSeconds(240))));
        return found;
    }

    @Override
    public synchronized List<Entry> kardex(PartId part, int limit) {
        List<Entry> entries = new ArrayList<>();
        for (StockBody body : documents.values())
            for (StockBody.LineBody line : body.lines())
                if (line.part().equals(part.value()))
                    entries.addFirst(new Entry(
                            line.id(),
                            body.at(),
                            Kind.valueOf(body.kind()),
                            body.number(),
                            body.byName(),
                            line.bin(),
                            new Quantity(line.quantity()),
                            new Quantity(line.quantity()),
                            line.value()));
        return entries;
    }

    @Override
    public List<Branch> branches() {
        return List.of(new Branch(NORTE, "NTE", "Norte"));
    }

    @Override
    public synchronized List<Transit> transfers() {
        return List.copyOf(transits);
    }

    @Override
    public synchronized Outcome<Transit> transfer(TransferNumber number) {
        return transits.stream()
                .filter(transit -> transit.number().equals(number))
                .findFirst()
                .map(Outcome::done)
                .orElse(Outcome.refused("transfer-unheard", number.value()));
    }

    @Override
    public synchronized List<StockBody> latest(Kind kind, int limit) {
        return documents.values().stream()
                .filter(body -> body.kind().equals(kind.name()))
                .sorted(Comparator.comparing(StockBody::at).reversed())
                .toList();
    }

    @Override
    public synchronized Outcome<Count> startClass(UUID id, String abc, Person who) {
        return Outcome.done(
                counts.computeIfAbsent(id, fresh -> new Count(id, null, clock.instant(), who.name(), 0, false, abc)));
    }

    @Override
    public synchronized Outcome<Count> start(UUID id, @Nullable String bin, Person who) {
        return Outcome.done(
                counts.computeIfAbsent(id, fresh -> new Count(id, bin, clock.instant(), who.name(), 0, false)));
    }

    @Override
    public synchronized List<Count> open() {
        return counts.values().stream().filter(count -> !count.finished()).toList();
    }

    @Override
    public synchronized Outcome<Counted> enter(UUID act, UUID count, StockLine line, boolean replaces, Person who) {
        if (!counts.containsKey(count)) return Outcome.refused("count-unknown");
        Counted before = acts.get(act);
        if (before != null) return Outcome.done(before);
        Counted now = counted.computeIfAbsent(count, id -> new LinkedHashMap<>())
                .merge(
                        line.part().id(),
                        new Counted(line.part().id(), "A-1", line.quantity()),
                        (old, more) -> new Counted(
                                old.part(),
                                old.bin(),
                                replaces ? more.quantity() : old.quantity().plus(more.quantity())));
        acts.put(act, now);
        return Outcome.done(now);
    }

    @Override
    public synchronized Outcome<List<Counted>> entered(UUID count) {
        if (!counts.containsKey(count)) return Outcome.refused("count-unknown");
        return Outcome.done(List.copyOf(counted.getOrDefault(count, Map.of()).values()));
    }

    @Override
    public synchronized Outcome<Review> review(UUID id) {
        Count count = counts.get(id);
        if (count == null) return Outcome.refused("count-unknown");
        List<Difference> differences = counted.getOrDefault(id, Map.of()).values().stream()
                .map(line -> new Difference(
                        line.part(),
                        line.bin(),
                        new Quantity(holding(line.part()).quantity()),
                        line.quantity(),
                        0))
                .filter(line -> line.thousandths() != 0)
                .toList();
        return Outcome.done(
                new Review(count, counted.getOrDefault(id, Map.of()).size(), differences.size(), 0, 0, differences));
    }

    @Override
    public synchronized Outcome<Closed> close(UUID id, boolean uncountedIsNothing, String note, Person who) {
        Count count = counts.get(id);
        if (count == null) return Outcome.refused("count-unknown");
        Instant at = count.startedAt();
        counts.put(id, new Count(id, count.bin(), at, count.byName(), count.parts(), true));
        counted.getOrDefault(id, Map.of())
                .forEach((part, line) ->
                        holdings.put(part, new Holding(line.quantity().thousandths(), 0, 0)));
        return Outcome.done(new Closed(id, counted.getOrDefault(id, Map.of()).size(), 0, 0));
    }

    @Override
    public synchronized Outcome<Count> abandon(UUID id, Person who) {
        Count count = counts.remove(id);
        return count == null ? Outcome.refused("count-unknown") : Outcome.done(count);
    }
}
