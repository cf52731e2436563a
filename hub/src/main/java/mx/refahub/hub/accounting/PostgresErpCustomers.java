package mx.refahub.hub.accounting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.customer.CustomerBoard.Mended;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.erp.ErpCustomers;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

final class PostgresErpCustomers implements ErpCustomers {
    /** What an ERP tells; the rest is ours alone. */
    private static final List<CustomerField> TOLD = List.of(
            CustomerField.NAME, CustomerField.RFC, CustomerField.PHONE, CustomerField.EMAIL, CustomerField.POSTAL_CODE);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Publications publications;
    private final AuditTrail audit;
    private final IdSource ids;
    private final Clock clock;

    PostgresErpCustomers(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Publications publications,
            AuditTrail audit,
            IdSource ids,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.publications = publications;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    private static final String OPEN = """
        select e.code, e.name, e.rfc, e.phone, e.email, e.postal_code, e.heard_at, c.id, coalesce(c.name, ''), coalesce(c.rfc, ''),
            coalesce(c.phone, ''), coalesce(c.email, ''), coalesce(c.postal_code, ''), coalesce(n.many, 0)
        from erp_customer e
        left join lateral (
            select count(*) as many, (array_agg(o.id))[1] as one
            from customer o
            where o.rfc = e.rfc
            and o.rfc <> '') n on true
        left join customer c on c.id = coalesce(e.customer_id, case n.many when 1 then n.one end)
        where e.target = :target
        and e.books = (select erp_books(:target))
        and e.decided is null
        and e.rfc not in ('', 'XAXX010101000', 'XEXX010101000')
        and (c.id is null or c.name <> e.name or c.rfc <> e.rfc or e.phone not in ('', c.phone) or e.email not in ('', c.email)
            or e.postal_code not in ('', c.postal_code))
        """;

    @Override
    public List<Proposal> proposals(ErpTarget target, int most) {
        return jdbc.sql(OPEN + """
            order by e.name, e.code
            limit :most
            """)
                .param("target", target.name())
                .param("most", most)
                .query((row, n) -> proposal(row))
                .list();
    }

    private Optional<Proposal> one(ErpTarget target, String code) {
        return jdbc.sql(OPEN + "and e.code = :code")
                .param("target", target.name())
                .param("code", code)
                .query((row, n) -> proposal(row))
                .optional();
    }

    private static Proposal proposal(ResultSet row) throws SQLException {
        UUID customer = row.getObject(8, UUID.class);
        Map<CustomerField, Mended> fields = new EnumMap<>(CustomerField.class);
        mend(fields, CustomerField.NAME, row.getString(9), row.getString(2));
        mend(fields, CustomerField.RFC, row.getString(10), row.getString(3));
        mend(fields, CustomerField.PHONE, row.getString(11), row.getString(4));
        mend(fields, CustomerField.EMAIL, row.getString(12), row.getString(5));
        mend(fields, CustomerField.POSTAL_CODE, row.getString(13), row.getString(6));
        return new Proposal(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                customer,
                row.getString(9),
                customer == null && row.getLong(14) > 1,
                fields,
                row.getObject(7, OffsetDateTime.class).toInstant());
    }

    /** What the ERP has nothing of is no reason to take ours away. */
    private static void mend(Map<CustomerField, Mended> fields, CustomerField field, String ours, String theirs) {
        if (!theirs.isEmpty() && !theirs.equals(ours)) fields.put(field, new Mended(ours, theirs));
    }

    @Override
    public Outcome<UUID> take(ErpTarget target, String code, Set<CustomerField> fields, Person by) {
        return Objects.requireNonNull(transaction.execute(status -> {
            // Before the customer's row, as everybody does who tells the stores.
            long version = publications.raise(Stream.CUSTOMERS);
            Outcome<UUID> taken = taken(target, code, fields, by, version);
            if (taken instanceof Outcome.Refused<UUID>) status.setRollbackOnly();
            return taken;
        }));
    }

    private Outcome<UUID> taken(ErpTarget target, String code, Set<CustomerField> fields, Person by, long version) {
        Optional<Proposal> found = one(target, code);
        if (found.isEmpty()) return Outcome.refused("erp-customer-unknown", code);
        Proposal proposal = found.get();
        if (proposal.several()) return Outcome.refused("erp-customer-several", proposal.rfc());
        UUID known = proposal.customer();
        Map<CustomerField, String> wins = new EnumMap<>(CustomerField.class);
        proposal.fields().forEach((field, mended) -> {
            if (known == null || fields.contains(field)) wins.put(field, mended.after());
        });
        if (wins.isEmpty()) return Outcome.refused("erp-customer-fields");
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        UUID id = known == null ? ids.next() : known;
        if (known == null)
            jdbc.sql("insert into customer (id, name, made_at) values (:id, :name, :now)")
                    .param("id", id)
                    .param("name", proposal.name())
                    .param("now", now)
                    .update();
        Customer merged = present(id).with(wins);
        jdbc.sql("""
            update customer
            set name = :name, rfc = :rfc, phone = :phone, email = :email, postal_code = :postal, found_by = :found, customers_version = :version
            where id = :id
            """)
                .param("name", merged.name())
                .param("rfc", merged.text(CustomerField.RFC))
                .param("phone", merged.text(CustomerField.PHONE))
                .param("email", merged.text(CustomerField.EMAIL))
                .param("postal", merged.text(CustomerField.POSTAL_CODE))
                .param("found", String.join(" ", merged.words()))
                .param("version", version)
                .param("id", id)
                .update();
        timeline(id, proposal, wins, now, by);
        jdbc.sql("""
            update erp_customer
            set customer_id = :id, decided = 'TAKEN', decided_at = :now, decided_by = :by
            where target = :target
            and books = (select erp_books(:target))
            and code = :code
            """)
                .param("id", id)
                .param("now", now)
                .param("by", by.name())
                .param("target", target.name())
                .param("code", code)
                .update();
        audit.record(by.name(), "erp-customer-taken", target + " " + code + " " + wins.keySet());
        return Outcome.done(id);
    }

    private Customer present(UUID id) {
        return jdbc.sql("""
            select name, rfc, phone, email, postal_code, fiscal_name, vehicles
            from customer
            where id = :id
            for update
            """)
                .param("id", id)
                .query((row, n) -> {
                    Map<CustomerField, String> fields = new EnumMap<>(CustomerField.class);
                    for (int i = 0; i < TOLD.size(); i++) fields.put(TOLD.get(i), row.getString(i + 1));
                    // They are found by these too.
                    fields.put(CustomerField.FISCAL_NAME, row.getString(6));
                    fields.put(CustomerField.VEHICLES, row.getString(7));
                    return new Customer(id, fields);
                })
                .single();
    }

    private void timeline(UUID id, Proposal proposal, Map<CustomerField, String> wins, OffsetDateTime now, Person by) {
        Map<String, String> after = new TreeMap<>();
        Map<String, String> before = new TreeMap<>();
        wins.forEach((field, text) -> {
            Mended mended = Objects.requireNonNull(proposal.fields().get(field));
            after.put(field.name(), text);
            before.put(field.name(), mended.before());
        });
        jdbc.sql("""
            insert into customer_change (id, customer_id, fields, before, at, received_at, by_id, by_name)
            values (:change, :id, :after::jsonb, :before::jsonb, :now, :now, :by, :name)
            """)
                .param("change", ids.next())
                .param("id", id)
                .param("after", JSON.writeValueAsString(after))
                .param("before", JSON.writeValueAsString(before))
                .param("now", now)
                .param("by", by.id().value())
                .param("name", by.name())
                .update();
    }

    @Override
    public Outcome<String> leave(ErpTarget target, String code, Person by) {
        return Objects.requireNonNull(transaction.execute(status -> {
            int left = jdbc.sql("""
                update erp_customer
                set decided = 'LEFT', decided_at = :now, decided_by = :by
                where target = :target
                and books = (select erp_books(:target))
                and code = :code
                and decided is null
                """)
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("by", by.name())
                    .param("target", target.name())
                    .param("code", code)
                    .update();
            if (left == 0) return Outcome.<String>refused("erp-customer-unknown", code);
            audit.record(by.name(), "erp-customer-left", target + " " + code);
            return Outcome.done(code);
        }));
    }

    /** In our normal form; empty where it is none. */
    static String normal(CustomerField field, String text) {
        return switch (field.typed(text)) {
            case Outcome.Done<String>(String value) -> value;
            case Outcome.Refused<String> no -> "";
        };
    }
}
