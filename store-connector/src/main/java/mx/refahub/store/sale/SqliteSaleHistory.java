package mx.refahub.store.sale;

import java.sql.SQLException;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.sale.Returns;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleHistory;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import tools.jackson.databind.json.JsonMapper;

/** Old tickets in sales.db. Each way to find one has its own index; what they find is put together and cut by the days. */
public final class SqliteSaleHistory implements SaleHistory {
    /** {@code $1,234.50}, {@code 1234,5}, {@code 4711}. */
    private static final Pattern AMOUNT = Pattern.compile("\\$?\\s*(\\d{1,3}(?:,\\d{3})+|\\d{1,9})(?:[.](\\d{1,2}))?");

    private static final int SHORTEST_NAME = 3;
    private static final int MOST_FOUND = 5_000;
    /** Tickets of a name, above which it is a common one. */
    private static final int COMMON = 15_000;

    private final SqliteFile sales;
    private final Returns returns;
    private final SaleRows saleRows;
    private final JsonMapper json;

    public SqliteSaleHistory(SqliteFile sales, Returns returns, SaleRows saleRows, JsonMapper json) {
        this.sales = sales;
        this.returns = returns;
        this.saleRows = saleRows;
        this.json = json;
    }

    @Override
    public List<Sale> find(Wanted wanted, int limit) {
        Optional<Sale> named = wanted.text().isEmpty() ? Optional.empty() : returns.find(wanted.text());
        if (named.isPresent()) return List.of(named.get());
        String from = wanted.from() == null ? "" : wanted.from().toString();
        String to = wanted.to() == null ? SaleRows.LAST_DAY : wanted.to().toString();
        return sales.read(session -> {
            if (wanted.text().isEmpty()) return saleRows.between(session, wanted.from(), wanted.to(), limit);
            Set<UUID> found = new LinkedHashSet<>();
            Matcher amount = AMOUNT.matcher(wanted.text());
            if (amount.matches()) byNumber(session, amount, found);
            String name = folded(wanted.text());
            if (name.length() >= SHORTEST_NAME) byCustomer(session, name, found);
            if (!wanted.parts().isEmpty()) byPart(session, wanted.parts(), found);
            return found.isEmpty()
                    ? List.<Sale>of()
                    : saleRows.among(session, json.writeValueAsString(found), from, to, limit);
        });
    }

    private static void byNumber(Session session, Matcher amount, Set<UUID> found) throws SQLException {
        long whole = Long.parseLong(amount.group(1).replace(",", ""));
        String cents = amount.group(2);
        long minor = whole * 100 + (cents == null ? 0 : Long.parseLong(cents.length() == 1 ? cents + "0" : cents));
        found.addAll(session.all("""
                select id
                from sale
                where total in (?, ?)
                order by sold_at desc
                limit ?
                """, row -> row.id("id"), minor, -minor, MOST_FOUND));
        if (cents == null) found.addAll(session.all("""
                    select id
                    from sale
                    where folio_number = ?
                    """, row -> row.id("id"), whole));
    }

    /** A rare name is found by the index of names, which has no other columns to read; of a common one the newest tickets are soon full. */
    private static void byCustomer(Session session, String name, Set<UUID> found) throws SQLException {
        boolean common = session.exists("""
                select 1
                from sale
                where customer_found is not null and instr(customer_found, ?) > 0
                limit 1 offset ?
                """, name, COMMON);
        String newest = common ? """
                select id
                from sale
                where customer_found is not null and instr(customer_found, ?) > 0
                order by sold_at desc
                limit ?
                """ : """
                select id
                from sale
                where customer_found is not null
                  and customer_found in (select customer_found from sale where customer_found is not null and instr(customer_found, ?) > 0)
                order by sold_at desc
                limit ?
                """;
        found.addAll(session.all(newest, row -> row.id("id"), name, MOST_FOUND));
    }

    /** By what it moved on the shelf: that is indexed already. */
    private void byPart(Session session, List<PartId> parts, Set<UUID> found) throws SQLException {
        found.addAll(session.all(
                """
                select distinct movement.cause
                from json_each(?) wanted
                join stock_movement movement on movement.part_id = wanted.value
                where movement.kind in ('SALE', 'RETURN')
                order by movement.at desc
                limit ?
                """,
                row -> row.id("cause"),
                json.writeValueAsString(parts.stream().map(PartId::value).toList()),
                MOST_FOUND));
    }

    /** As {@code sale.customer_found} has it. */
    static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
