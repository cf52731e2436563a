package mx.refahub.hub.price;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.pricing.Buyer;
import mx.refahub.domain.pricing.PriceBook;
import mx.refahub.domain.pricing.PriceDesk.Kept;
import mx.refahub.domain.pricing.PriceLevel;
import mx.refahub.domain.pricing.PriceRule;
import mx.refahub.domain.pricing.Promotion;
import mx.refahub.domain.wire.PriceBookRow;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Reads the price book's two tables. */
final class PriceRows {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    PriceRows(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The book as it was at a version, as far as it concerns these parts on that day. */
    PriceBook at(long version, Collection<Part> parts, Buyer buyer, LocalDate day) {
        Set<String> ids = new LinkedHashSet<>();
        Set<String> brands = new LinkedHashSet<>();
        Set<String> categories = new LinkedHashSet<>();
        for (Part part : parts) {
            ids.add(part.id().toString());
            brands.add(part.brand().toLowerCase(Locale.ROOT));
            String category = part.category();
            for (int end = category.length(); end > 0; end = category.lastIndexOf('/', end - 1))
                categories.add(category.substring(0, end));
        }
        List<PriceRule> rules = jdbc.sql("""
                select id, target, target_value, level, customer_id, from_quantity, amount, includes_tax, percent_off, starts, ends, book_version,
                    created_at, created_by, withdrawn_at, withdrawn_by
                from price_rule
                where book_version <= :version
                and (withdrawn_version is null or withdrawn_version > :version)
                and (level in ('PUBLICO', :level) or customer_id = :customer)
                and starts <= :day
                and (ends is null or ends >= :day)
                and (
                    target = 'PART' and target_value = any(:ids)
                    or target = 'CATEGORY' and target_value = any(:categories)
                    or target = 'BRAND' and lower(target_value) = any(:brands)
                    or target = 'ALL')
                """)
                .param("version", version)
                .param("level", buyer.level().code())
                .param("customer", buyer.customer(), Types.OTHER)
                .param("day", day)
                .param("ids", ids.toArray(String[]::new))
                .param("categories", categories.toArray(String[]::new))
                .param("brands", brands.toArray(String[]::new))
                .query((row, n) -> rule(row).what())
                .list();
        List<Promotion> promotions = jdbc.sql("""
                select id, body::text as body, book_version, created_at, created_by, withdrawn_at, withdrawn_by
                from promotion
                where book_version <= :version
                and (withdrawn_version is null or withdrawn_version > :version)
                and starts <= :day
                and (ends is null or ends >= :day)
                """)
                .param("version", version)
                .param("day", day)
                .query((row, n) -> promotion(row).what())
                .list();
        return new PriceBook(version, rules, new ArrayList<>(promotions));
    }

    Kept<PriceRule> rule(ResultSet row) throws SQLException {
        PriceRule rule = new PriceBookRow.RuleRow(
                        row.getString("target"),
                        row.getString("target_value"),
                        row.getString("level"),
                        row.getObject("customer_id", UUID.class),
                        row.getLong("from_quantity"),
                        row.getObject("amount", Long.class),
                        row.getBoolean("includes_tax"),
                        row.getObject("percent_off", Integer.class),
                        row.getObject("starts", LocalDate.class),
                        row.getObject("ends", LocalDate.class))
                .rule(row.getObject("id", UUID.class), row.getLong("book_version"));
        return kept(rule, row);
    }

    Kept<Promotion> promotion(ResultSet row) throws SQLException {
        Promotion promotion = json.readValue(row.getString("body"), PriceBookRow.PromotionRow.class)
                .promotion(row.getObject("id", UUID.class), row.getLong("book_version"));
        return kept(promotion, row);
    }

    private static <T> Kept<T> kept(T what, ResultSet row) throws SQLException {
        OffsetDateTime withdrawn = row.getObject("withdrawn_at", OffsetDateTime.class);
        return new Kept<>(
                what,
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"),
                withdrawn == null ? null : withdrawn.toInstant(),
                row.getString("withdrawn_by"));
    }

    List<PriceLevel> levels() {
        return jdbc.sql("""
                select code
                from price_level
                union
                select distinct level
                from price_rule
                where level is not null
                and target <> 'PART'
                order by 1
                """).query((row, n) -> new PriceLevel(row.getString(1))).list();
    }
}
