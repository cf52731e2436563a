package mx.refahub.store.catalogue;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.Pricing;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxRegion;
import mx.refahub.store.sqlite.Session;
import org.jspecify.annotations.Nullable;

/** What one kit comes to by its pieces at list price, as a ticket charges it: where it has no price of its own, or a higher one. */
final class KitPieces {
    private KitPieces() {}

    record Piece(Part part, @Nullable Price price) {}

    /**
     * @param price the sum, in the terms of the kit's own price
     * @param withTax what a customer pays
     */
    record Sum(Price price, Money withTax) {}

    /**
     * Kits within kits are opened, unless they stand on the shelf as boxes by the hub's account.
     *
     * @param kits their ids, as a JSON array
     * @param store this branch; empty before it is registered
     */
    static Map<PartId, Map<PartId, Quantity>> of(Session session, String kits, String store) throws SQLException {
        record Row(PartId kit, PartId part, Quantity each) {}
        Map<PartId, Map<PartId, Quantity>> held = new HashMap<>();
        for (Row row : session.all(
                """
                with recursive held(kit, part, many, depth) as (
                    select kit_id, part_id, quantity, 1
                    from part_component
                    where kit_id in (select value from json_each(?))
                    union all
                    select held.kit, component.part_id, held.many * component.quantity / 1000, held.depth + 1
                    from held
                    join part_component component on component.kit_id = held.part
                    left join branch_stock stock on stock.part_id = held.part and stock.store_id = ?
                    where held.depth < 7 and coalesce(stock.opening, 0) <= 0)
                select held.kit, held.part, sum(held.many) as many
                from held
                left join branch_stock stock on stock.part_id = held.part and stock.store_id = ?
                where coalesce(stock.opening, 0) > 0
                or not exists (select 1 from part_component component where component.kit_id = held.part)
                group by held.kit, held.part
                """,
                row -> new Row(new PartId(row.id("kit")), new PartId(row.id("part")), new Quantity(row.number("many"))),
                kits,
                store,
                store))
            held.computeIfAbsent(row.kit(), kit -> new LinkedHashMap<>()).put(row.part(), row.each());
        return held;
    }

    /** @return empty where the kit's own price is charged, or nothing can be told */
    static Optional<Sum> sum(
            @Nullable Price own, Map<PartId, Quantity> each, Map<PartId, Piece> pieces, TaxRegion region) {
        boolean withTax = own != null && own.includesTax();
        for (PartId id : each.keySet()) {
            Piece piece = pieces.get(id);
            Price price = piece == null ? null : piece.price();
            if (price == null || price.amount().isZero()) return Optional.empty();
            if (own == null && price.includesTax()) withTax = true;
        }
        Price terms = new Price(Money.mxn(0), withTax);
        Money sum = Money.mxn(0);
        Money paid = Money.mxn(0);
        for (Map.Entry<PartId, Quantity> one : each.entrySet()) {
            Piece piece = pieces.get(one.getKey());
            if (piece == null || piece.price() == null) return Optional.empty();
            Tax tax = Tax.of(piece.part().taxClass(), region, piece.part().taxObject());
            Price price = Pricing.inTermsOf(terms, piece.price(), tax);
            sum = sum.plus(price.amount().times(one.getValue().value()));
            paid = paid.plus(
                    LineAmounts.of(price, one.getValue(), Money.mxn(0), tax).total());
        }
        if (own != null && sum.compareTo(own.amount()) > 0) return Optional.empty();
        return Optional.of(new Sum(new Price(sum, withTax), paid));
    }
}
