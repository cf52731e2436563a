package mx.refahub.hub.price;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.Buyer;
import mx.refahub.domain.pricing.Occasion;
import mx.refahub.domain.pricing.PriceLevel;
import mx.refahub.domain.pricing.Pricing;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxFactor;
import mx.refahub.domain.wire.SaleBody;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Prices a sale again by the version of the book that it names, and says where it was charged otherwise. What this hub cannot know is taken from the sale:
 * a catalogue price that has changed since, a part that is not in the catalogue. A line that somebody let off by hand is not looked at.
 */
public final class PriceCheck {
    private final JdbcClient jdbc;
    private final PriceRows rows;
    private final PartCatalogue catalogue;

    PriceCheck(JdbcClient jdbc, PriceRows rows, PartCatalogue catalogue) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.catalogue = catalogue;
    }

    /** Lines that were priced together. */
    private record Together(long version, LocalDate day, String level) {}

    /** One sentence for each line that does not follow; in minor units. */
    public List<String> differences(SaleBody sale) {
        Map<Together, List<SaleBody.LineBody>> together = new LinkedHashMap<>();
        for (SaleBody.LineBody line : sale.lines()) {
            Long version = line.bookVersion();
            LocalDate day = line.pricedFor();
            String level = line.priceLevel();
            if (!line.kind().equals("PART") || version == null || version == 0 || day == null || level == null)
                continue;
            together.computeIfAbsent(new Together(version, day, level), key -> new ArrayList<>())
                    .add(line);
        }
        List<String> odd = new ArrayList<>();
        together.forEach((key, lines) -> differences(sale, key, lines, odd));
        return odd;
    }

    private void differences(SaleBody sale, Together key, List<SaleBody.LineBody> lines, List<String> odd) {
        List<PartId> ids = lines.stream().map(line -> new PartId(line.part())).toList();
        Map<PartId, PartCard> cards = catalogue.cards(ids);
        Map<UUID, Long> versions = pricesVersions(ids);
        List<Pricing.Wanted> wanted = new ArrayList<>();
        Map<UUID, SaleBody.LineBody> byId = new HashMap<>();
        for (SaleBody.LineBody line : lines) {
            PartCard card = cards.get(new PartId(line.part()));
            if (card == null) continue;
            Price said = new Price(Money.mxn(line.listPrice()), line.priceIncludesTax());
            Price here = card.price();
            Long since = versions.get(line.part());
            boolean atHand = here != null
                    && here.includesTax() == said.includesTax()
                    && since != null
                    && since <= Objects.requireNonNullElse(line.pricesVersion(), 0L);
            byId.put(line.id(), line);
            wanted.add(new Pricing.Wanted(
                    line.id(),
                    card.part(),
                    new Quantity(line.quantity()),
                    atHand ? Objects.requireNonNull(here) : said,
                    0,
                    new Tax(line.taxObject(), TaxFactor.valueOf(line.taxFactor()), new BigDecimal(line.taxRate())),
                    line.grantedBy() == null));
        }
        if (wanted.isEmpty()) return;
        Buyer buyer = new Buyer(new PriceLevel(key.level()), customer(sale, lines));
        Map<UUID, Pricing.Priced> priced = Pricing.price(
                rows.at(key.version(), wanted.stream().map(Pricing.Wanted::part).toList(), buyer, key.day()),
                new Occasion(sale.store(), key.day(), buyer),
                wanted);
        byId.forEach((id, line) -> {
            Pricing.Priced its = priced.get(id);
            if (its == null || line.grantedBy() != null) return;
            String name = "line " + (sale.lines().indexOf(line) + 1);
            long off = Objects.requireNonNullElse(line.promotionOff(), 0L);
            if (its.unit().amount().minor() != line.price() || its.off().minor() != off)
                odd.add(name + " was charged at " + line.price() + (off == 0 ? "" : " less " + off) + ", version "
                        + key.version() + " of the price book says "
                        + its.unit().amount().minor()
                        + (its.off().isZero() ? "" : " less " + its.off().minor()));
        });
    }

    /** Who bought; of a ticket from before buyers were named, whose own price one of its lines names. */
    private @Nullable UUID customer(SaleBody sale, List<SaleBody.LineBody> lines) {
        SaleBody.BuyerBody named = sale.buyer();
        if (named != null) return named.customer();
        String[] rules = lines.stream()
                .map(SaleBody.LineBody::priceRule)
                .filter(Objects::nonNull)
                .map(UUID::toString)
                .toArray(String[]::new);
        if (rules.length == 0) return null;
        return jdbc.sql("""
                select customer_id
                from price_rule
                where id = any(cast(:rules as uuid[]))
                and customer_id is not null
                limit 1
                """).param("rules", rules).query(UUID.class).optional().orElse(null);
    }

    private Map<UUID, Long> pricesVersions(List<PartId> parts) {
        Map<UUID, Long> versions = new HashMap<>();
        jdbc.sql("""
                select part_id, prices_version
                from part_price
                where part_id = any(cast(:parts as uuid[]))
                """)
                .param("parts", parts.stream().map(PartId::toString).toArray(String[]::new))
                .query((row, n) -> versions.put(row.getObject("part_id", UUID.class), row.getLong("prices_version")))
                .list();
        return versions;
    }
}
