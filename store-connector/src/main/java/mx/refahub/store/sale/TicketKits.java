package mx.refahub.store.sale;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartRelation;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.Pricing;
import mx.refahub.domain.stock.Opening;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxRegion;
import mx.refahub.store.catalogue.PartJson;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.stock.Openings;
import org.jspecify.annotations.Nullable;

/**
 * Kits on tickets in hand. A kit that stands on the shelf as one box is an ordinary part; any other is sold by its pieces: a line each, which follow the kit
 * and share its price.
 */
final class TicketKits {
    private static final int DEEPEST = 6;
    private static final int MOST_PIECES = 100;

    private final PartCatalogue catalogue;
    private final Openings openings;
    private final PartJson parts;
    private final IdSource ids;

    TicketKits(PartCatalogue catalogue, Openings openings, PartJson parts, IdSource ids) {
        this.catalogue = catalogue;
        this.openings = openings;
        this.parts = parts;
        this.ids = ids;
    }

    /**
     * @param each thousandths of it in one kit
     * @param opening of it at this branch
     */
    record Piece(PartCard card, long each, Opening opening) {}

    /** @param opening of the kit itself, as a box */
    record Contents(
            PartCard kit,
            Opening opening,
            List<Piece> pieces,
            @Nullable Refusal incomplete) {}

    /**
     * What the part holds, read outside of any transaction of the sales; empty if it is no kit. A kit within a kit is opened, unless it stands on the shelf as a
     * box by the hub's account.
     */
    Optional<Contents> contents(PartCard kit) {
        Map<PartId, Long> held = new LinkedHashMap<>();
        PartId missing = collect(kit.part().id(), 1_000, held, 0);
        if (held.isEmpty() && missing == null) return Optional.empty();
        List<PartId> all = new ArrayList<>(held.keySet());
        Map<PartId, PartCard> cards = catalogue.cards(all);
        all.add(kit.part().id());
        Map<PartId, Opening> opened = openings.of(all);
        List<Piece> pieces = new ArrayList<>();
        boolean gone = missing != null;
        for (Map.Entry<PartId, Long> each : held.entrySet()) {
            PartCard card = cards.get(each.getKey());
            if (card == null) gone = true;
            else pieces.add(new Piece(card, each.getValue(), opened.getOrDefault(each.getKey(), Opening.NONE)));
        }
        return Optional.of(new Contents(
                kit,
                opened.getOrDefault(kit.part().id(), Opening.NONE),
                pieces,
                gone || pieces.size() > MOST_PIECES ? Refusal.of("kit-incomplete", name(kit)) : null));
    }

    /** @return a part of which the rest cannot be told; null if all was collected */
    private @Nullable PartId collect(PartId kit, long times, Map<PartId, Long> held, int depth) {
        if (depth > DEEPEST) return kit;
        PartId missing = null;
        for (PartCatalogue.Related one : components(kit)) {
            long each = Math.multiplyExact(times, one.quantity().thousandths()) / 1_000;
            if (components(one.part()).isEmpty() || boxed(one.part())) held.merge(one.part(), each, Math::addExact);
            else {
                PartId inside = collect(one.part(), each, held, depth + 1);
                if (inside != null) missing = inside;
            }
        }
        return missing;
    }

    private List<PartCatalogue.Related> components(PartId part) {
        return catalogue.relations(part).related().stream()
                .filter(one -> one.kind() == PartRelation.Kind.COMPONENT)
                .toList();
    }

    private boolean boxed(PartId part) {
        return openings.of(List.of(part)).getOrDefault(part, Opening.NONE).quantity() > 0;
    }

    /** Whether so many stand on the shelf as boxes, beside those that the ticket sells already. */
    static boolean boxed(Session session, UUID ticket, Contents kit, Quantity quantity) throws SQLException {
        long there = session.first("""
                        select coalesce((select moved from stock_balance where part_id = ?), 0)
                            - coalesce((
                                select sum(quantity)
                                from ticket_line
                                where ticket_id = ? and part_id = ? and return_reason is null), 0) as there
                        """, row -> row.number("there"), part(kit), ticket, part(kit))
                .orElse(0L);
        return kit.opening().quantity() + there >= quantity.thousandths();
    }

    private static UUID part(Contents kit) {
        return kit.kit().part().id().value();
    }

    record Same(UUID kit, Quantity quantity) {}

    /** The kit of the same salesperson on the same terms, complete and without anything let off by hand. */
    static Optional<Same> same(Session session, UUID ticket, Contents kit, Person who) throws SQLException {
        Price price = kit.kit().price();
        return session.first(
                """
                select id, quantity
                from ticket_kit
                where ticket_id = ? and part_id = ? and salesperson = ? and price is ?
                and not exists (
                    select 1
                    from ticket_line line
                    where line.kit_id = ticket_kit.id
                    and (line.discount_kind is not null or line.note <> '' or line.serials is not null or line.core_given is not null))
                """,
                row -> new Same(row.id("id"), new Quantity(row.number("quantity"))),
                ticket,
                part(kit),
                who.id().value(),
                price == null ? null : (Long) price.amount().minor());
    }

    /** How many kits, if the id is one of the ticket's kits. */
    static Optional<Quantity> quantity(Session session, UUID ticket, UUID kit) throws SQLException {
        return session.first("""
                select quantity
                from ticket_kit
                where ticket_id = ? and id = ?
                """, row -> new Quantity(row.number("quantity")), ticket, kit);
    }

    /** The kit that the line is a piece of. */
    static Optional<UUID> of(Session session, UUID ticket, UUID line) throws SQLException {
        return session.first("""
                select kit_id
                from ticket_line
                where ticket_id = ? and id = ? and kit_id is not null
                """, row -> row.id("kit_id"), ticket, line);
    }

    /** Why no such number of kits can be sold: only whole ones, and no piece beyond what a line takes. */
    static Optional<Refusal> refused(Quantity quantity, long most) {
        if (quantity.thousandths() % 1_000 != 0) return Optional.of(Refusal.of("kit-whole"));
        if (quantity.compareTo(SqliteTill.LARGEST) > 0
                || Math.multiplyHigh(quantity.thousandths() / 1_000, most) != 0
                || quantity.thousandths() / 1_000 * most > SqliteTill.LARGEST.thousandths())
            return Optional.of(Refusal.of("quantity-too-large", SqliteTill.LARGEST.text()));
        return Optional.empty();
    }

    static long most(Session session, UUID kit) throws SQLException {
        return session.first("""
                select coalesce(max(kit_each), 0) as most
                from ticket_line
                where kit_id = ?
                """, row -> row.number("most"), kit).orElse(0L);
    }

    /**
     * Refused: {@code kit-incomplete} (a piece has left the catalogue), {@code part-without-price} (neither the kit nor one of its pieces has one, naming it),
     * {@code kit-whole}, {@code quantity-too-large}.
     */
    Optional<Refusal> add(
            Session session,
            UUID ticket,
            Contents kit,
            long pricesVersion,
            Quantity quantity,
            Person who,
            TaxRegion region)
            throws SQLException {
        if (kit.incomplete() != null) return Optional.of(kit.incomplete());
        long most = kit.pieces().stream().mapToLong(Piece::each).max().orElse(0);
        Optional<Refusal> no = refused(quantity, most);
        if (no.isPresent()) return no;
        Price price = kit.kit().price();
        for (Piece piece : kit.pieces())
            if (price == null && piece.card().price() == null)
                return Optional.of(Refusal.of("part-without-price", name(piece.card())));
        Price terms = price == null ? terms(kit.pieces()) : price;
        UUID id = ids.next();
        session.updateOne(
                """
                insert into ticket_kit (id, ticket_id, part_id, part_json, quantity, price, price_includes_tax, prices_version, salesperson)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                ticket,
                part(kit),
                parts.write(kit.kit().part()),
                quantity.thousandths(),
                price == null ? null : price.amount().minor(),
                terms.includesTax(),
                pricesVersion,
                who.id().value());
        for (Piece piece : kit.pieces())
            insert(session, ticket, id, piece, terms, pricesVersion, quantity, who, region);
        return Optional.empty();
    }

    /** All pieces of a kit have their prices in the same terms. */
    private static Price terms(List<Piece> pieces) {
        boolean withTax = pieces.stream()
                .map(piece -> piece.card().price())
                .anyMatch(price -> price != null && price.includesTax());
        return new Price(Money.mxn(0), withTax);
    }

    private void insert(
            Session session,
            UUID ticket,
            UUID kit,
            Piece piece,
            Price terms,
            long pricesVersion,
            Quantity kits,
            Person who,
            TaxRegion region)
            throws SQLException {
        Part part = piece.card().part();
        Price own = piece.card().price();
        Price base = own == null
                ? new Price(Money.mxn(0), terms.includesTax())
                : Pricing.inTermsOf(terms, own, Tax.of(part.taxClass(), region, part.taxObject()));
        session.updateOne(
                """
                insert into ticket_line (id, ticket_id, position, part_id, quantity, price, list_price, price_includes_tax, core,
                                         core_line_id, part_json, salesperson, salesperson_name, base_price, prices_version, kit_id, kit_each)
                values (?, ?, (select coalesce(max(position), 0) + 1 from ticket_line where ticket_id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                ids.next(),
                ticket,
                ticket,
                part.id().value(),
                Math.multiplyExact(piece.each(), kits.thousandths() / 1_000),
                base.amount().minor(),
                base.amount().minor(),
                base.includesTax(),
                part.core().minor(),
                ids.next(),
                parts.write(part),
                who.id().value(),
                who.name(),
                base.amount().minor(),
                pricesVersion,
                kit,
                piece.each());
    }

    static void setQuantity(Session session, UUID kit, Quantity quantity) throws SQLException {
        session.updateOne("""
                update ticket_kit
                set quantity = ?
                where id = ?
                """, quantity.thousandths(), kit);
        session.update("""
                update ticket_line
                set quantity = kit_each * ?
                where kit_id = ?
                """, quantity.thousandths() / 1_000, kit);
    }

    static void remove(Session session, UUID kit) throws SQLException {
        session.update("""
                delete from ticket_line
                where kit_id = ?
                """, kit);
        session.updateOne("""
                delete from ticket_kit
                where id = ?
                """, kit);
    }

    /**
     * A kit without one of its pieces is none: the others are sold at their own prices. Refused: {@code kit-piece-without-price}, naming it.
     *
     * @param without the piece that is taken out
     */
    static Optional<Refusal> open(Session session, UUID kit, UUID without, PartJson parts) throws SQLException {
        Optional<Refusal> no = session.first(
                """
                select part_json
                from ticket_line
                where kit_id = ? and id <> ? and base_price = 0
                """,
                row -> {
                    Part part = parts.read(row.text("part_json"));
                    return Refusal.of("kit-piece-without-price", part.lineCode() + " " + part.number());
                },
                kit,
                without);
        if (no.isPresent()) return no;
        session.update("""
                update ticket_line
                set kit_id = null, kit_each = null, kit_off = 0, price = base_price, list_price = base_price
                where kit_id = ?
                """, kit);
        session.updateOne("""
                delete from ticket_kit
                where id = ?
                """, kit);
        return Optional.empty();
    }

    private static String name(PartCard card) {
        return card.part().lineCode() + " " + card.part().number();
    }
}
