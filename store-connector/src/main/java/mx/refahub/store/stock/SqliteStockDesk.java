package mx.refahub.store.stock;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.Uuid7;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.stock.LandedCost;
import mx.refahub.domain.stock.Opening;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.domain.stock.StockMovement.Kind;
import mx.refahub.domain.stock.TransferNumber;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.wire.OrderRow;
import mx.refahub.domain.wire.SettingsRow;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.domain.wire.TransferRow;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.printing.PrintQueue;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Documents of stock over sales.db. Each is one transaction: document, movements, sums, outbox and paper stand or fall together. */
public final class SqliteStockDesk implements StockDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStockDesk.class);
    private static final int MOST_LISTED = 500;
    /** Never leaves this class. */
    private static final String NOTHING_WITHIN = "receipt-nothing-within";

    private final SqliteFile sales;
    private final SqliteFile reference;
    private final Identities identities;
    private final BranchSettings branches;
    private final Openings openings;
    private final OutboxWriter outbox;
    private final PrintQueue prints;
    private final StockRows rows;
    private final JsonMapper json;
    private final RandomGenerator random;
    private final Clock clock;
    private final Runnable pageQueued;
    private final KitMoves kits;
    private final TransferBook transfers;

    /** @param pageQueued called after a commit that queued a page; only sets a flag and returns */
    public SqliteStockDesk(
            SqliteFile sales,
            SqliteFile reference,
            Identities identities,
            BranchSettings branches,
            Openings openings,
            OutboxWriter outbox,
            PrintQueue prints,
            JsonMapper json,
            RandomGenerator random,
            Clock clock,
            Runnable pageQueued) {
        this.sales = sales;
        this.reference = reference;
        this.identities = identities;
        this.branches = branches;
        this.openings = openings;
        this.outbox = outbox;
        this.prints = prints;
        this.rows = new StockRows(json);
        this.json = json;
        this.random = random;
        this.clock = clock;
        this.pageQueued = pageQueued;
        kits = new KitMoves(reference, openings, new Uuid7(clock, random));
        transfers = new TransferBook(sales, reference, rows, json);
    }

    private record Acted(Outcome<StockBody> outcome, boolean fresh) {
        static Acted not(String code, String... arguments) {
            return new Acted(Outcome.refused(code, arguments), false);
        }
    }

    @FunctionalInterface
    private interface Work {
        /** @throws Refuses to roll everything back with a refusal */
        StockBody in(Session session, Identity identity, OutboxWriter.Slot slot) throws SQLException, Refuses;
    }

    /** What follows the document in the same transaction. */
    @FunctionalInterface
    private interface Then {
        void in(Session session, Identity identity, StockBody written) throws SQLException;
    }

    private Outcome<StockBody> act(UUID id, Kind kind, Record asked, List<StockLine> lines, Work work) {
        return act(id, kind, asked, lines, work, (session, identity, written) -> {});
    }

    /** A refusal that is found in the middle of a transaction. */
    private static final class Refuses extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Outcome<StockBody> outcome;

        Refuses(String code, String... arguments) {
            super(code, null, false, false);
            outcome = Outcome.refused(code, arguments);
        }

        Refuses(Refusal refusal) {
            super(refusal.code(), null, false, false);
            outcome = new Outcome.Refused<>(refusal);
        }
    }

    private Outcome<StockBody> act(UUID id, Kind kind, Record asked, List<StockLine> lines, Work work, Then then) {
        Identity identity = identities.current().orElse(null);
        if (identity == null || branches.current().isEmpty()) return Outcome.refused("store-not-ready");
        if (ClosedBranch.is(reference, json, identity)) return Outcome.refused("branch-closed");
        if (lines.isEmpty()) return Outcome.refused("stock-no-lines");
        if (lines.size() > MOST_LINES) return Outcome.refused("stock-too-many-lines", Integer.toString(MOST_LINES));
        String hash = Sha256.digest(asked.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
        Acted acted;
        try {
            acted = sales.write(session -> {
                Optional<StockRows.Stored> there = rows.stored(session, id);
                if (there.isPresent())
                    return there.get().actHash().equals(hash)
                            ? new Acted(Outcome.done(there.get().body()), false)
                            : Acted.not("stock-act-differs");
                OutboxWriter.Slot slot = outbox.next(session);
                StockBody body;
                try {
                    body = work.in(session, identity, slot);
                } catch (Refuses refused) {
                    throw new RollsBack(refused.outcome);
                }
                append(session, slot, identity, kind, body, hash);
                then.in(session, identity, body);
                Failpoint.C1_INSIDE_STORE_TRANSACTION.pass();
                return new Acted(Outcome.done(body), true);
            });
        } catch (RollsBack refused) {
            return refused.outcome;
        }
        if (acted.fresh()) {
            Failpoint.C2_COMMITTED_NOT_ANSWERED.pass();
            LOG.info("stock document recorded document={} kind={} lines={}", id, kind, lines.size());
            outbox.ring();
            pageQueued.run();
        }
        return acted.outcome();
    }

    private static final class RollsBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Outcome<StockBody> outcome;

        RollsBack(Outcome<StockBody> outcome) {
            super(null, null, false, false);
            this.outcome = outcome;
        }
    }

    private void append(
            Session session, OutboxWriter.Slot slot, Identity identity, Kind kind, StockBody body, String hash)
            throws SQLException {
        rows.insert(session, body, hash, slot.sequence());
        outbox.append(
                session,
                slot,
                identity,
                body.number().isEmpty() ? body.id().toString() : body.number(),
                StockRows.type(kind),
                DocumentType.STOCK_SCHEMA,
                body);
    }

    @Override
    public Outcome<TakenIn> receive(Receipt receipt, Person who) {
        if (receipt.rate().signum() <= 0 || receipt.rate().compareTo(BigDecimal.valueOf(1_000)) > 0)
            return Outcome.refused("stock-rate-wrong", receipt.rate().toPlainString());
        if (receipt.currency().equals(Money.MXN) && receipt.rate().compareTo(BigDecimal.ONE) != 0)
            return Outcome.refused("stock-rate-wrong", receipt.rate().toPlainString());
        Map<PartId, Opening> here = openings.of(parts(receipt.lines()));
        OrderRow heard = OrderLimit.heard(reference, json, receipt.order()).orElse(null);
        OfOrder order = ofOrder(receipt.order(), heard);
        Outcome<StockBody> written =
                act(receipt.act(), Kind.RECEIPT, receipt, receipt.lines(), (session, identity, slot) -> {
                    List<StockBody.LineBody> lines = new ArrayList<>();
                    List<StockLine> taken = within(session, receipt, heard);
                    if (taken.isEmpty()) throw new Refuses(NOTHING_WITHIN);
                    StockBody.LandedBody landed = landed(receipt, taken);
                    for (StockLine line : taken) {
                        long share = landed == null ? 0 : landed.shares().get(lines.size());
                        lines.add(moved(
                                session,
                                line,
                                Kind.RECEIPT,
                                line.quantity().thousandths(),
                                Math.addExact(paid(receipt, line), share),
                                receipt.act(),
                                slot.at(),
                                here));
                    }
                    return body(
                            receipt.act(),
                            identity,
                            Kind.RECEIPT,
                            "",
                            slot.at(),
                            who,
                            null,
                            new Texts(receipt.supplier(), receipt.reference(), "", receipt.note()),
                            receipt.currency().getCurrencyCode(),
                            receipt.rate().toPlainString(),
                            false,
                            lines,
                            order,
                            landed,
                            order == null ? null : receipt.surplus());
                });
        return takenIn(written, document -> left(receipt, heard, document));
    }

    /** @param left why lines of it are not in the document */
    private static Outcome<TakenIn> takenIn(
            Outcome<StockBody> written, Function<@Nullable StockBody, List<RefusedLine>> left) {
        if (written instanceof Outcome.Refused<StockBody>(Refusal refusal)
                && !refusal.code().equals(NOTHING_WITHIN)) return new Outcome.Refused<>(refusal);
        StockBody document = written instanceof Outcome.Done<StockBody>(StockBody body) ? body : null;
        return Outcome.done(new TakenIn(document, left.apply(document)));
    }

    private static List<StockLine> notIn(@Nullable StockBody document, List<StockLine> lines) {
        if (document == null) return lines;
        Set<UUID> taken = document.lines().stream().map(StockBody.LineBody::id).collect(Collectors.toSet());
        return lines.stream().filter(line -> !taken.contains(line.id())).toList();
    }

    /** The id too of an order that was named by its number and is known here. */
    private static @Nullable OfOrder ofOrder(@Nullable OfOrder named, @Nullable OrderRow heard) {
        return named == null || heard == null ? named : new OfOrder(heard.id(), heard.number(), named.invoice());
    }

    /** The lines that are taken in; all of them where the order is not known here or somebody has answered for what is beyond it. */
    private static List<StockLine> within(Session session, Receipt receipt, @Nullable OrderRow heard)
            throws SQLException {
        if (heard == null || receipt.surplus() != null) return receipt.lines();
        OrderLimit limit = new OrderLimit(session, heard);
        return receipt.lines().stream().filter(limit::take).toList();
    }

    /** Why lines were not taken in, by what is open of the order now: an act that is repeated names the same lines. */
    private List<RefusedLine> left(Receipt receipt, @Nullable OrderRow heard, @Nullable StockBody document) {
        List<StockLine> left = notIn(document, receipt.lines());
        OfOrder named = receipt.order();
        if (named == null || left.isEmpty()) return List.of();
        // Repeated when the hub has long told that the order is over.
        if (heard == null)
            return left.stream()
                    .map(line -> new RefusedLine(line.id(), OrderLimit.ended(named.number())))
                    .toList();
        return sales.read(session -> {
            OrderLimit limit = new OrderLimit(session, heard);
            return left.stream()
                    .map(line -> new RefusedLine(line.id(), limit.why(line)))
                    .toList();
        });
    }

    /** Centavos of pesos, by the receipt's rate. */
    private static long paid(Receipt receipt, StockLine line) {
        BigDecimal cost = line.cost() == null ? BigDecimal.ZERO : line.cost();
        return Money.rounded(cost.multiply(line.quantity().value()).multiply(receipt.rate()), Money.MXN)
                .minor();
    }

    /** @param taken lines among which the charges are spread */
    private static StockBody.@Nullable LandedBody landed(Receipt receipt, List<StockLine> taken) {
        Charges charges = receipt.charges();
        if (charges == null || charges.cost().total().isZero()) return null;
        LandedCost cost = charges.cost();
        return new StockBody.LandedBody(
                cost.freight().minor(),
                cost.duty().minor(),
                cost.other().minor(),
                cost.by().name(),
                cost.shares(taken.stream()
                        .map(line -> new LandedCost.Line(
                                paid(receipt, line),
                                charges.grams().getOrDefault(line.id(), 0L),
                                line.quantity().thousandths()))
                        .toList()));
    }

    @Override
    public Outcome<StockBody> send(Sending sending, Person who) {
        Branch to = branches().stream()
                .filter(branch -> branch.id().equals(sending.to()))
                .findFirst()
                .orElse(null);
        Identity identity0 = identities.current().orElse(null);
        if (identity0 != null && identity0.store().value().equals(sending.to())) return Outcome.refused("branch-own");
        if (to == null) return Outcome.refused("branch-unknown");
        UUID lease = sending.lease();
        Map<PartId, Opening> here = openings.of(parts(sending.lines()));
        String code = branches.current().map(branch -> branch.code()).orElse("");
        Work work = (session, identity, slot) -> {
            if (lease != null)
                LeaseSteps.refuseSending(session, json, lease, sending).ifPresent(code0 -> {
                    throw new RollsBack(Outcome.refused(code0));
                });
            TransferNumber number = TransferNumber.of(code, nextTransfer(session), random);
            List<StockBody.LineBody> lines = new ArrayList<>();
            for (StockLine line : sending.lines())
                lines.add(moved(
                        session,
                        line,
                        Kind.TRANSFER_OUT,
                        -line.quantity().thousandths(),
                        null,
                        sending.act(),
                        slot.at(),
                        here));
            StockBody body = body(
                    sending.act(),
                    identity,
                    Kind.TRANSFER_OUT,
                    number.value(),
                    slot.at(),
                    who,
                    to.id(),
                    new Texts("", "", "", sending.note()),
                    Money.MXN.getCurrencyCode(),
                    "1",
                    false,
                    lines);
            prints.append(session, TransferPaper.of(body, branches.current().orElseThrow(), to));
            return body;
        };
        return act(sending.act(), Kind.TRANSFER_OUT, sending, sending.lines(), work, (session, identity, written) -> {
            if (lease != null) LeaseSteps.sent(session, outbox, json, identity, lease, written);
        });
    }

    private static long nextTransfer(Session session) throws SQLException {
        session.updateOne("update transfer_counter set next = next + 1");
        return session.first("select next from transfer_counter", row -> row.number("next"))
                        .orElseThrow()
                - 1;
    }

    @Override
    public Outcome<TakenIn> takeIn(Arrival arrival, Person who) {
        Identity own = identities.current().orElse(null);
        if (own == null) return Outcome.refused("store-not-ready");
        Optional<TransferRow> heard = transfers.heard(arrival.number());
        UUID me = own.store().value();
        if (heard.isPresent()
                && !heard.get().to().equals(me)
                && !heard.get().from().equals(me))
            return Outcome.refused("transfer-not-ours", heard.get().toCode());
        Map<PartId, Opening> here = openings.of(parts(arrival.lines()));
        Outcome<StockBody> written =
                act(arrival.act(), Kind.TRANSFER_IN, arrival, arrival.lines(), (session, identity, slot) -> {
                    // The hub knows of what we sent and no longer tells of it: all of it has come in somewhere.
                    if (heard.isEmpty() && TransferBook.isSentAndAcknowledged(session, arrival.number()))
                        throw new Refuses("transfer-taken-in", arrival.number().value());
                    Map<PartId, OnTheWay> sent = OnTheWay.of(session, arrival.number(), heard.orElse(null), me);
                    boolean unheard = sent.isEmpty();
                    if (unheard && rows.tookIn(session, arrival.number().value()))
                        throw new Refuses("transfer-taken-in", arrival.number().value());
                    List<StockBody.LineBody> lines = new ArrayList<>();
                    boolean beyond = false;
                    for (StockLine line : arrival.lines()) {
                        long in = line.quantity().thousandths();
                        long lost = line.lost().thousandths();
                        if (in + lost == 0) continue;
                        OnTheWay way = sent.get(line.part().id());
                        if (!unheard) {
                            if (way == null || in + lost > way.open()) {
                                beyond = true;
                                continue;
                            }
                            sent.put(line.part().id(), way.after(in + lost));
                        }
                        Long cost = way == null ? null : way.worth(in);
                        long lostValue = way == null ? 0 : way.after(in).worth(lost);
                        lines.add(moved(
                                session, line, Kind.TRANSFER_IN, in, cost, arrival.act(), slot.at(), here, lostValue));
                    }
                    if (lines.isEmpty()) throw new Refuses(beyond ? NOTHING_WITHIN : "stock-no-lines");
                    return body(
                            arrival.act(),
                            identity,
                            Kind.TRANSFER_IN,
                            arrival.number().value(),
                            slot.at(),
                            who,
                            null,
                            new Texts("", "", "", arrival.note()),
                            Money.MXN.getCurrencyCode(),
                            "1",
                            unheard,
                            lines);
                });
        return takenIn(written, document -> left(arrival, heard.orElse(null), me, document));
    }

    /** Why lines were not taken in, by what is on the way now. */
    private List<RefusedLine> left(
            Arrival arrival, @Nullable TransferRow heard, UUID me, @Nullable StockBody document) {
        List<StockLine> left = notIn(document, arrival.lines()).stream()
                .filter(line -> line.quantity().thousandths() + line.lost().thousandths() != 0)
                .toList();
        if (left.isEmpty()) return List.of();
        return sales.read(session -> {
            Map<PartId, OnTheWay> sent = OnTheWay.of(session, arrival.number(), heard, me);
            return left.stream()
                    .map(line -> {
                        OnTheWay way = sent.get(line.part().id());
                        return new RefusedLine(
                                line.id(),
                                Refusal.of(
                                        "transfer-line-more",
                                        line.part().number().value(),
                                        new Quantity(way == null ? 0 : way.open()).text()));
                    })
                    .toList();
        });
    }

    @Override
    public Outcome<StockBody> adjust(Adjustment adjustment, Person who) {
        boolean ofKits = adjustment.reason() == Reason.KIT;
        Map<PartId, Opening> here = openings.of(parts(adjustment.lines()));
        KitMoves.Contents contents = kits.contents(ofKits ? adjustment.lines() : List.of());
        return act(adjustment.act(), Kind.ADJUSTMENT, adjustment, adjustment.lines(), (session, identity, slot) -> {
            List<StockBody.LineBody> lines = new ArrayList<>();
            for (StockLine line : adjustment.lines())
                if (ofKits) lines.addAll(ofKit(session, line, contents, adjustment.act(), slot.at()));
                else
                    lines.add(moved(
                            session,
                            line,
                            Kind.ADJUSTMENT,
                            line.quantity().thousandths(),
                            null,
                            adjustment.act(),
                            slot.at(),
                            here));
            if (lines.size() > MOST_LINES) throw new Refuses("stock-too-many-lines", Integer.toString(MOST_LINES));
            return body(
                    adjustment.act(),
                    identity,
                    Kind.ADJUSTMENT,
                    "",
                    slot.at(),
                    who,
                    null,
                    new Texts(
                            adjustment.supplier(),
                            adjustment.reference(),
                            adjustment.reason().name(),
                            adjustment.note()),
                    Money.MXN.getCurrencyCode(),
                    "1",
                    false,
                    lines);
        });
    }

    private List<StockBody.LineBody> ofKit(
            Session session, StockLine line, KitMoves.Contents contents, UUID act, Instant at)
            throws SQLException, Refuses {
        try {
            return kits.move(session, line, contents, act, at);
        } catch (KitMoves.Not not) {
            throw new Refuses(not.refusal());
        }
    }

    private static StockBody.LineBody moved(
            Session session,
            StockLine line,
            Kind kind,
            long quantity,
            @Nullable Long cost,
            UUID cause,
            Instant at,
            Map<PartId, Opening> here)
            throws SQLException {
        return moved(session, line, kind, quantity, cost, cause, at, here, 0);
    }

    private static StockBody.LineBody moved(
            Session session,
            StockLine line,
            Kind kind,
            long quantity,
            @Nullable Long cost,
            UUID cause,
            Instant at,
            Map<PartId, Opening> here,
            long lostValue)
            throws SQLException {
        StockLedger.Moved moved = quantity == 0
                ? new StockLedger.Moved(line.bin(), 0, 0)
                : StockLedger.move(
                        session,
                        new StockLedger.Moving(
                                line.id(),
                                line.part().id(),
                                kind,
                                quantity,
                                cost,
                                true,
                                line.bin().isEmpty() ? null : line.bin(),
                                cause,
                                at),
                        here.getOrDefault(line.part().id(), Opening.NONE));
        BigDecimal typed = line.cost();
        return new StockBody.LineBody(
                line.id(),
                line.part().id().value(),
                line.part().lineCode().value(),
                line.part().number().value(),
                line.part().nameEs(),
                line.part().unit(),
                moved.bin(),
                quantity,
                typed == null ? "" : typed.toPlainString(),
                moved.value(),
                moved.variance(),
                line.lost().thousandths(),
                lostValue,
                null,
                null,
                null);
    }

    private record Texts(String supplier, String reference, String reason, String note) {}

    private static StockBody body(
            UUID id,
            Identity identity,
            Kind kind,
            String number,
            Instant at,
            Person who,
            @Nullable UUID to,
            Texts texts,
            String currency,
            String rate,
            boolean unheard,
            List<StockBody.LineBody> lines) {
        return body(id, identity, kind, number, at, who, to, texts, currency, rate, unheard, lines, null, null, null);
    }

    private static StockBody body(
            UUID id,
            Identity identity,
            Kind kind,
            String number,
            Instant at,
            Person who,
            @Nullable UUID to,
            Texts texts,
            String currency,
            String rate,
            boolean unheard,
            List<StockBody.LineBody> lines,
            @Nullable OfOrder order,
            StockBody.@Nullable LandedBody landed,
            @Nullable Surplus surplus) {
        return new StockBody(
                id,
                identity.store().value(),
                kind.name(),
                number,
                at,
                who.id().value(),
                who.name(),
                to,
                texts.supplier(),
                texts.reference(),
                texts.reason(),
                texts.note(),
                currency,
                rate,
                unheard,
                lines,
                order == null ? null : new StockBody.OrderBody(order.id(), order.number(), order.invoice()),
                landed,
                surplus == null
                        ? null
                        : new StockBody.SurplusBody(
                                surplus.by().id().value(), surplus.by().name(), surplus.reason()));
    }

    private static Set<PartId> parts(List<StockLine> lines) {
        return lines.stream().map(line -> line.part().id()).collect(Collectors.toSet());
    }

    @Override
    public Map<PartId, Standing> standing(Collection<PartId> parts) {
        Map<PartId, Opening> here = openings.of(parts);
        return sales.read(session -> {
            Map<PartId, Standing> found = new LinkedHashMap<>();
            for (PartId part : parts) {
                Opening opening = here.getOrDefault(part, Opening.NONE);
                Map<String, Long> bins = new HashMap<>();
                session.all("""
                        select bin, moved
                        from stock_bin
                        where part_id = ?
                        """, row -> bins.put(row.text("bin"), row.number("moved")), part.value());
                boolean known = !bins.isEmpty()
                        || opening.quantity() != 0
                        || !opening.bin().isEmpty();
                if (!known) continue;
                if (opening.quantity() != 0) bins.merge(opening.bin(), opening.quantity(), Long::sum);
                found.put(
                        part,
                        new Standing(
                                StockLedger.holding(session, part, opening),
                                StockLedger.mainBin(session, part, opening),
                                bins.entrySet().stream()
                                        .filter(bin -> bin.getValue() != 0)
                                        .sorted(Map.Entry.comparingByKey())
                                        .map(bin -> new InBin(bin.getKey(), new Quantity(bin.getValue())))
                                        .toList()));
            }
            return found;
        });
    }

    @Override
    public Map<PartId, List<AtBranch>> byBranch(Collection<PartId> parts) {
        Map<PartId, Standing> own = standing(parts);
        Instant now = clock.instant();
        Map<PartId, Long> promised = sales.read(session -> LeaseSteps.promised(session, parts, now));
        UUID me = me();
        String code = branches.current().map(branch -> branch.code()).orElse("");
        Map<PartId, List<AtBranch>> found = new LinkedHashMap<>();
        reference.read(session -> {
            for (PartId part : parts) {
                List<AtBranch> at = new ArrayList<>();
                Standing standing = own.get(part);
                at.add(new AtBranch(
                        me,
                        code,
                        new Quantity(standing == null ? 0 : standing.holding().quantity()),
                        true,
                        null,
                        new Quantity(promised.getOrDefault(part, 0L))));
                at.addAll(session.all(
                        """
                        select store_id, store_code, on_hand, as_of, case when promised_until > ? then promised else 0 end as promised
                        from branch_stock
                        where part_id = ? and store_id <> ?
                        order by on_hand desc, store_code
                        """,
                        row -> new AtBranch(
                                row.id("store_id"),
                                row.text("store_code"),
                                new Quantity(row.number("on_hand")),
                                false,
                                row.instant("as_of"),
                                new Quantity(row.number("promised"))),
                        now,
                        part.value(),
                        me));
                found.put(part, at);
            }
            return found;
        });
        return found;
    }

    @Override
    public List<Entry> kardex(PartId part, int limit) {
        long opening =
                openings.of(List.of(part)).getOrDefault(part, Opening.NONE).quantity();
        return sales.read(session -> {
            long[] after = {
                opening
                        + session.first("""
                                select moved
                                from stock_balance
                                where part_id = ?
                                """, row -> row.number("moved"), part.value())
                                .orElse(0L)
            };
            return session.all(
                    """
                    select m.id, m.at, m.kind, m.bin, m.quantity, m.value,
                           coalesce(
                               s.folio_prefix || '-' || printf('%06d', s.folio_number),
                               -- Nobody reads the number of a count.
                               case when m.kind <> 'COUNT' then nullif(d.number, '') end,
                               json_extract(cast(d.body as text), '$.reference'),
                               '') as number,
                           coalesce(d.by_name, '') as by_name
                    from stock_movement m
                    left join sale s on s.id = m.cause
                    left join stock_document d on d.id = m.cause
                    where m.part_id = ?
                    order by m.at desc, m.rowid desc
                    limit ?
                    """,
                    row -> {
                        Quantity quantity = new Quantity(row.number("quantity"));
                        Entry entry = new Entry(
                                row.id("id"),
                                row.instant("at"),
                                Kind.valueOf(row.text("kind")),
                                row.text("number"),
                                row.text("by_name"),
                                row.text("bin"),
                                quantity,
                                new Quantity(after[0]),
                                row.number("value"));
                        after[0] -= quantity.thousandths();
                        return entry;
                    },
                    part.value(),
                    Math.clamp(limit, 1, MOST_LISTED));
        });
    }

    @Override
    public List<Branch> branches() {
        UUID me = me();
        return reference
                .read(session -> session.first("""
                        select body
                        from settings
                        where only_row = 1
                        """, row -> json.readValue(row.text("body"), SettingsRow.class)))
                .map(SettingsRow::branches)
                .map(listed -> listed.stream()
                        .filter(branch -> !branch.id().equals(me))
                        .map(branch -> new Branch(branch.id(), branch.code(), branch.name()))
                        .sorted(Comparator.comparing(Branch::code))
                        .toList())
                .orElse(List.of());
    }

    @Override
    public List<Transit> transfers() {
        return transfers.open(me(), branches());
    }

    @Override
    public Outcome<Transit> transfer(TransferNumber number) {
        return transfers.transfer(number, me(), branches());
    }

    private UUID me() {
        return identities.current().map(identity -> identity.store().value()).orElse(new UUID(0, 0));
    }

    @Override
    public List<StockBody> latest(Kind kind, int limit) {
        return sales.read(session -> rows.latest(session, kind, Math.clamp(limit, 1, MOST_LISTED)));
    }
}
