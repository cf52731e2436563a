package mx.refahub.store.price;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.pricing.Buyer;
import mx.refahub.domain.pricing.PriceBook;
import mx.refahub.domain.pricing.PriceLevel;
import mx.refahub.domain.pricing.PriceRule;
import mx.refahub.domain.pricing.Promotion;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.PriceBookRow;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The price book out of reference.db: of the prices only those that may concern the parts at hand, the promotions out of memory. */
public final class SqlitePriceBook {
    private final SqliteFile reference;
    private final JsonMapper json;
    private volatile Promotions promotions = new Promotions(-1, List.of());

    /** @param version of the book that they were read at */
    private record Promotions(long version, List<Promotion> all) {}

    public SqlitePriceBook(SqliteFile reference, JsonMapper json) {
        this.reference = reference;
        this.json = json;
    }

    /** One state of the book: the prices, the promotions and the version belong together. */
    public PriceBook of(Collection<Part> parts, Buyer buyer, LocalDate day) {
        return reference.read(session -> {
            long version = session.first("""
                    select version
                    from stream_version
                    where stream = ?
                    """, row -> row.number("version"), Stream.PRICE_BOOK.wireName())
                    .orElse(0L);
            if (version == 0) return PriceBook.EMPTY;
            Map<UUID, PriceRule> rules = new LinkedHashMap<>();
            for (String target : targets(parts))
                for (PriceRule rule : rules(session, target, buyer, day)) rules.put(rule.id(), rule);
            return new PriceBook(version, List.copyOf(rules.values()), promotions(session, version));
        });
    }

    /** Everything that a price of one of these parts may stand under, as {@code target value}. */
    private static Collection<String> targets(Collection<Part> parts) {
        Map<String, Boolean> targets = new LinkedHashMap<>();
        targets.put("ALL\n", true);
        for (Part part : parts) {
            targets.put("PART\n" + part.id(), true);
            targets.put("BRAND\n" + part.brand(), true);
            String category = part.category();
            for (int end = category.length(); end > 0; end = category.lastIndexOf('/', end - 1))
                targets.put("CATEGORY\n" + category.substring(0, end), true);
        }
        return targets.keySet();
    }

    private static List<PriceRule> rules(Session session, String target, Buyer buyer, LocalDate day)
            throws SQLException {
        int cut = target.indexOf('\n');
        UUID customer = buyer.customer();
        return session.all(
                """
                select id, target, target_value, level, customer, from_quantity, amount, includes_tax, percent_off, starts, ends, version
                from price_rule
                where target = ? and target_value = ?
                and (level in (?, ?) or customer = ?)
                and starts <= ? and (ends is null or ends >= ?)
                """,
                SqlitePriceBook::rule,
                target.substring(0, cut),
                target.substring(cut + 1),
                PriceLevel.PUBLICO.code(),
                buyer.level().code(),
                customer == null ? "" : customer.toString(),
                day,
                day);
    }

    private static PriceRule rule(Row row) throws SQLException {
        String customer = row.textOrNull("customer");
        return new PriceBookRow.RuleRow(
                        row.text("target"),
                        row.text("target_value"),
                        row.textOrNull("level"),
                        customer == null ? null : UUID.fromString(customer),
                        row.number("from_quantity"),
                        row.isNull("amount") ? null : (Long) row.number("amount"),
                        row.flag("includes_tax"),
                        row.isNull("percent_off") ? null : (Integer) row.small("percent_off"),
                        LocalDate.parse(row.text("starts")),
                        dayOrNull(row, "ends"))
                .rule(row.id("id"), row.number("version"));
    }

    private static @Nullable LocalDate dayOrNull(Row row, String column) throws SQLException {
        String day = row.textOrNull(column);
        return day == null ? null : LocalDate.parse(day);
    }

    private List<Promotion> promotions(Session session, long version) throws SQLException {
        Promotions known = promotions;
        if (known.version() == version) return known.all();
        List<Promotion> all = new ArrayList<>(session.all(
                """
                select id, version, body
                from promotion
                order by id
                """,
                row -> json.readValue(row.text("body"), PriceBookRow.PromotionRow.class)
                        .promotion(row.id("id"), row.number("version"))));
        promotions = new Promotions(version, List.copyOf(all));
        return all;
    }
}
