package mx.refahub.store.price;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.Buyer;
import mx.refahub.domain.pricing.Occasion;
import mx.refahub.domain.pricing.PriceBook;
import mx.refahub.domain.pricing.PriceReason;
import mx.refahub.domain.pricing.Pricing;
import mx.refahub.domain.sale.Discount;
import mx.refahub.domain.sale.HandDiscounts;
import mx.refahub.domain.sale.KitShares;
import mx.refahub.domain.tax.Tax;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.catalogue.PartJson;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import org.jspecify.annotations.Nullable;

/** Gives a ticket's lines their prices. Called after whatever may change one: lines, quantities, what was let off by hand, who buys. */
public final class TicketPrices {
    /** Of {@code discount_kind}. */
    public static final String PERCENT = "PERCENT";

    private final SqlitePriceBook book;
    private final Identities identities;
    private final PartJson parts;
    private final Buyers buyers;
    private final Clock clock;

    public TicketPrices(SqlitePriceBook book, Identities identities, PartJson parts, Buyers buyers, Clock clock) {
        this.book = book;
        this.identities = identities;
        this.parts = parts;
        this.buyers = buyers;
        this.clock = clock;
    }

    /**
     * Prices all lines that sell a part of the catalogue, for today in the branch's zone. What was let off by hand is kept, and holds where no promotion lets off
     * more ({@link HandDiscounts}): a line with both has the promotion.
     *
     * @param session of sales.db, inside the caller's transaction; the ticket is in hand
     */
    public void reprice(Session session, UUID ticket, Branch branch) throws SQLException {
        UUID store =
                identities.current().map(identity -> identity.store().value()).orElse(null);
        List<Pricing.Wanted> lines = lines(session, ticket, branch, null);
        List<Kit> kits = kits(session, ticket, branch);
        if (store == null || lines.isEmpty() && kits.isEmpty()) return;
        LocalDate today = today(branch);
        Buyer buyer = buyers.of(session, ticket);
        List<Pricing.Wanted> all = new ArrayList<>(lines);
        for (Kit kit : kits) all.addAll(kit.pieces());
        List<Part> parts =
                new ArrayList<>(all.stream().map(Pricing.Wanted::part).toList());
        for (Kit kit : kits) if (kit.itself() != null) parts.add(kit.itself().part());
        PriceBook now = book.of(parts, buyer, today);
        Occasion occasion = new Occasion(store, today, buyer);
        // A kit without a price of its own costs what its pieces cost on this ticket.
        for (Kit kit : kits)
            if (kit.itself() == null) lines.addAll(kit.pieces());
            else lines.add(kit.itself());
        List<Pricing.Wanted> asked = now.promotions().isEmpty()
                ? lines
                : HandDiscounts.besidePromotions(now, occasion, lines, byHand(session, ticket));
        Map<UUID, Pricing.Priced> priced = Pricing.price(now, occasion, asked);
        Set<UUID> itself = new HashSet<>();
        for (Kit kit : kits) {
            Pricing.Wanted one = kit.itself();
            if (one == null) continue;
            itself.add(one.line());
            keep(session, kit, Objects.requireNonNull(priced.get(one.line())), now, occasion);
        }
        for (Map.Entry<UUID, Pricing.Priced> line : priced.entrySet())
            if (!itself.contains(line.getKey())) keep(session, line.getKey(), line.getValue(), Money.mxn(0));
    }

    /** @param itself null where the kit has no price of its own */
    private record Kit(Pricing.@Nullable Wanted itself, List<Pricing.Wanted> pieces) {}

    /** The kit's price over its pieces; or their own prices, where those come to less. */
    private static void keep(Session session, Kit kit, Pricing.Priced price, PriceBook now, Occasion occasion)
            throws SQLException {
        Money whole = price.amount(Objects.requireNonNull(kit.itself()).quantity());
        Map<UUID, Pricing.Priced> alone = Pricing.price(now, occasion, kit.pieces());
        boolean known = kit.pieces().stream()
                .noneMatch(piece -> piece.catalogue().amount().isZero());
        Money sum = Money.mxn(0);
        for (Pricing.Wanted piece : kit.pieces())
            sum = sum.plus(Objects.requireNonNull(alone.get(piece.line())).amount(piece.quantity()));
        if (known && sum.compareTo(whole) <= 0) {
            for (Map.Entry<UUID, Pricing.Priced> piece : alone.entrySet())
                keep(session, piece.getKey(), piece.getValue(), Money.mxn(0));
            return;
        }
        List<KitShares.Share> shares = KitShares.of(
                whole,
                kit.pieces().stream()
                        .map(piece -> new KitShares.Piece(
                                piece.quantity(),
                                Objects.requireNonNull(alone.get(piece.line()))
                                        .list()
                                        .amount()))
                        .toList());
        PriceReason why = price.why();
        for (int i = 0; i < shares.size(); i++) {
            Pricing.Wanted piece = kit.pieces().get(i);
            Price list = Objects.requireNonNull(alone.get(piece.line())).list();
            keep(
                    session,
                    piece.line(),
                    new Pricing.Priced(
                            new Price(shares.get(i).unit(), list.includesTax()),
                            list,
                            Money.mxn(0),
                            new PriceReason(
                                    why.level(),
                                    why.rule(),
                                    why.from(),
                                    why.promotion(),
                                    why.promotionName(),
                                    Money.mxn(0),
                                    why.bookVersion(),
                                    why.pricesVersion(),
                                    why.day())),
                    shares.get(i).off());
        }
    }

    private List<Kit> kits(Session session, UUID ticket, Branch branch) throws SQLException {
        record Found(
                UUID id, Part part, long quantity, @Nullable Long price, boolean withTax, long version, boolean full) {}
        List<Kit> kits = new ArrayList<>();
        for (Found one : session.all(
                """
                select id, part_json, quantity, price, price_includes_tax, prices_version,
                       not exists (
                           select 1
                           from ticket_line line
                           where line.kit_id = ticket_kit.id and line.discount_kind is not null) as full
                from ticket_kit
                where ticket_id = ?
                order by id
                """,
                row -> new Found(
                        row.id("id"),
                        parts.read(row.text("part_json")),
                        row.number("quantity"),
                        row.isNull("price") ? null : (Long) row.number("price"),
                        row.flag("price_includes_tax"),
                        row.number("prices_version"),
                        row.flag("full")),
                ticket)) {
            Long price = one.price();
            kits.add(new Kit(
                    price == null
                            ? null
                            : new Pricing.Wanted(
                                    one.id(),
                                    one.part(),
                                    new Quantity(one.quantity()),
                                    new Price(Money.mxn(price), one.withTax()),
                                    one.version(),
                                    Tax.of(
                                            one.part().taxClass(),
                                            branch.region(),
                                            one.part().taxObject()),
                                    one.full()),
                    lines(session, ticket, branch, one.id())));
        }
        return kits;
    }

    /** As {@link #reprice}, if the ticket was priced for another day: it waited overnight. */
    public void repriceIfOld(Session session, UUID ticket, Branch branch) throws SQLException {
        if (session.exists("""
                select 1
                from ticket_line
                where ticket_id = ? and return_reason is null and priced_for <> ?
                """, ticket, today(branch))) reprice(session, ticket, branch);
    }

    public LocalDate today(Branch branch) {
        return clock.instant().atZone(branch.zone()).toLocalDate();
    }

    /** @param kit whose pieces are meant; null for the lines by themselves */
    private List<Pricing.Wanted> lines(Session session, UUID ticket, Branch branch, @Nullable UUID kit)
            throws SQLException {
        return new ArrayList<>(session.all("""
                select id, quantity, part_json, coalesce(base_price, list_price) as base_price, price_includes_tax,
                       coalesce(prices_version, 0) as prices_version, discount_kind
                from ticket_line
                where ticket_id = ? and return_reason is null and agreed_json is null and part_id <> ? and kit_id is ?
                order by position
                """, row -> wanted(row, branch), ticket, PartId.NONE.value(), kit));
    }

    /** By line; without the pieces of kits, which are let off together. */
    private static Map<UUID, Discount> byHand(Session session, UUID ticket) throws SQLException {
        Map<UUID, Discount> byHand = new HashMap<>();
        session.all(
                """
                select id, discount_kind, discount_value
                from ticket_line
                where ticket_id = ? and return_reason is null and agreed_json is null and part_id <> ? and kit_id is null
                  and discount_kind is not null
                """,
                row -> byHand.put(row.id("id"), Objects.requireNonNull(discount(row))),
                ticket,
                PartId.NONE.value());
        return byHand;
    }

    /** What was let off the line by hand, whether it holds or not. */
    public static @Nullable Discount discount(Row row) throws SQLException {
        String kind = row.textOrNull("discount_kind");
        if (kind == null) return null;
        long value = row.number("discount_value");
        return kind.equals(PERCENT)
                ? new Discount.Percent(BigDecimal.valueOf(value, Discount.PERCENT_SCALE))
                : new Discount.UnitPrice(Money.mxn(value));
    }

    private Pricing.Wanted wanted(Row row, Branch branch) throws SQLException {
        Part part = parts.read(row.text("part_json"));
        return new Pricing.Wanted(
                row.id("id"),
                part,
                new Quantity(row.number("quantity")),
                new Price(Money.mxn(row.number("base_price")), row.flag("price_includes_tax")),
                row.number("prices_version"),
                Tax.of(part.taxClass(), branch.region(), part.taxObject()),
                row.isNull("discount_kind"));
    }

    private static void keep(Session session, UUID line, Pricing.Priced priced, Money kitOff) throws SQLException {
        PriceReason why = priced.why();
        Quantity from = why.from();
        session.updateOne(
                """
                update ticket_line
                set price = ?, list_price = ?, price_level = ?, price_rule = ?, price_break = ?, promotion = ?, promotion_name = ?,
                    promotion_off = ?, book_version = ?, priced_for = ?, kit_off = ?
                where id = ?
                """,
                priced.unit().amount().minor(),
                priced.list().amount().minor(),
                why.level().code(),
                why.rule(),
                from == null ? null : from.thousandths(),
                why.promotion(),
                why.promotionName(),
                priced.off().minor(),
                why.bookVersion(),
                why.day(),
                kitOff.minor(),
                line);
    }
}
