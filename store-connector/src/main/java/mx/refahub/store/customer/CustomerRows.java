package mx.refahub.store.customer;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.wire.CustomerChangedBody;
import mx.refahub.domain.wire.CustomerRow;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The hub's copy of the customers in reference.db, under the changes made here that the hub has not answered yet, in sales.db. */
public final class CustomerRows {
    private static final TypeReference<TreeMap<String, String>> FIELDS = new TypeReference<>() {};
    private static final int MOST_WORDS = 4;
    private static final char LAST = '\uffff';

    private final SqliteFile reference;
    private final JsonMapper json;

    public CustomerRows(SqliteFile reference, JsonMapper json) {
        this.reference = reference;
        this.json = json;
    }

    /** What the hub told of a customer; empty if it does not know of it, or has not told yet. */
    Optional<CustomerRow> told(UUID id) {
        return reference.read(
                session -> session.first("""
                select body
                from customer
                where id = ?
                """, row -> json.readValue(row.text("body"), CustomerRow.class), id));
    }

    /** The customer as it stands here; empty if nobody knows of it. */
    public Optional<Customer> customer(Session sales, UUID id) throws SQLException {
        return customer(sales, id, told(id).orElse(null));
    }

    Optional<Customer> customer(Session sales, UUID id, @Nullable CustomerRow told) throws SQLException {
        Map<CustomerField, String> fields = new EnumMap<>(CustomerField.class);
        if (told != null) fields.putAll(fields(told.fields()));
        for (Map<CustomerField, String> change : waiting(sales, id)) fields.putAll(change);
        return fields.getOrDefault(CustomerField.NAME, "").isEmpty()
                ? Optional.empty()
                : Optional.of(new Customer(id, fields));
    }

    /** A field that this version does not know is left out; it stays with the hub. */
    static Map<CustomerField, String> fields(Map<String, String> texts) {
        Map<CustomerField, String> fields = new EnumMap<>(CustomerField.class);
        for (CustomerField field : CustomerField.values()) {
            String text = texts.get(field.name());
            if (text != null) fields.put(field, text);
        }
        return fields;
    }

    private List<Map<CustomerField, String>> waiting(Session sales, UUID id) throws SQLException {
        return sales.all("""
                select fields
                from customer_change
                where customer_id = ? and heard_at is null
                order by document_sequence
                """, row -> fields(json.readValue(row.text("fields"), FIELDS)), id);
    }

    /** Documents of the customer that the hub must know before a sale to it. */
    public static List<UUID> documentsWaiting(Session sales, UUID customer) throws SQLException {
        return sales.all("""
                select outbox.id
                from customer_change
                join outbox on outbox.sequence = customer_change.document_sequence
                where customer_change.customer_id = ? and customer_change.heard_at is null and customer_change.made = 1
                """, row -> row.id("id"), customer);
    }

    boolean changed(Session sales, UUID act) throws SQLException {
        return sales.exists("select 1 from customer_change where id = ?", act);
    }

    /** A change as its document says it; one that is there already stays, under its document's number. */
    void insert(Session sales, CustomerChangedBody body, long documentSequence) throws SQLException {
        insert(sales, body, json.writeValueAsString(new TreeMap<>(body.fields())), documentSequence);
        Customer customer = customer(sales, body.customer()).orElse(null);
        if (customer == null) return;
        for (String word : customer.words()) sales.update("""
                    insert into customer_word (word, customer_id)
                    values (?, ?)
                    on conflict do nothing
                    """, word, body.customer());
    }

    static void insert(Session sales, CustomerChangedBody body, String fields, long documentSequence)
            throws SQLException {
        sales.update(
                """
                insert into customer_change (id, customer_id, made, fields, at, by_id, by_name, document_sequence)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set document_sequence = excluded.document_sequence
                """,
                body.id(),
                body.customer(),
                body.made(),
                fields,
                body.at(),
                body.by(),
                body.byName(),
                documentSequence);
    }

    /** Changes that stand in the hub's copy by now count here no more. Called after each download. */
    void settle(SqliteFile sales, Instant now) {
        record Waiting(UUID customer) {}
        List<Waiting> waiting = sales.read(session -> session.all("""
                select distinct customer_id
                from customer_change
                where heard_at is null
                """, row -> new Waiting(row.id("customer_id"))));
        for (Waiting one : waiting) {
            UUID heard = told(one.customer()).map(CustomerRow::heard).orElse(null);
            if (heard == null) continue;
            sales.change(session -> {
                session.update("""
                        update customer_change
                        set heard_at = ?
                        where customer_id = ? and heard_at is null
                        and document_sequence <= (select document_sequence from customer_change where id = ?)
                        """, now, one.customer(), heard);
                session.update("""
                        delete from customer_word
                        where customer_id = ?
                        and not exists (select 1 from customer_change where customer_id = ? and heard_at is null)
                        """, one.customer(), one.customer());
            });
        }
    }

    /** Each word typed begins a word of the customer. */
    List<Customer> search(Session sales, List<String> words, int limit) throws SQLException {
        List<String> asked = words.stream().distinct().limit(MOST_WORDS).toList();
        if (asked.isEmpty()) return List.of();
        Set<UUID> ids = new LinkedHashSet<>(found(sales, asked, limit));
        ids.addAll(reference.read(session -> found(session, asked, limit)));
        List<Customer> customers = new ArrayList<>();
        for (UUID id : ids) customer(sales, id).ifPresent(customers::add);
        customers.sort(Comparator.comparing(Customer::name, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(Customer::id));
        return customers.stream().limit(limit).toList();
    }

    private static List<UUID> found(Session session, List<String> words, int limit) throws SQLException {
        Object[] arguments = new Object[words.size() * 2 + 1];
        for (int i = 0; i < words.size(); i++) {
            arguments[2 * i] = words.get(i);
            arguments[2 * i + 1] = words.get(i) + LAST;
        }
        arguments[words.size() * 2] = limit;
        return session.all(
                switch (words.size()) {
                    case 1 -> ONE + " limit ?";
                    case 2 -> ONE + AND + " limit ?";
                    case 3 -> ONE + AND + AND + " limit ?";
                    default -> ONE + AND + AND + AND + " limit ?";
                },
                row -> row.id("customer_id"),
                arguments);
    }

    private static final String ONE = """
            select distinct customer_id
            from customer_word
            where word >= ? and word < ?
            """;
    private static final String AND = """
            and customer_id in (
                select customer_id
                from customer_word
                where word >= ? and word < ?)
            """;
}
