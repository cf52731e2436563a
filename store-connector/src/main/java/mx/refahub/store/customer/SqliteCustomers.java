package mx.refahub.store.customer;

import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.customer.Customers;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.CustomerChangedBody;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.reference.AppliedStreams;
import mx.refahub.store.sqlite.SqliteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Customers at the counter. Each change is a row of its own and a document; what stands is the hub's copy with the changes it has not answered. */
public final class SqliteCustomers implements Customers {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteCustomers.class);

    private final SqliteFile sales;
    private final Identities identities;
    private final CustomerRows rows;
    private final OutboxWriter outbox;

    public SqliteCustomers(
            SqliteFile sales,
            Identities identities,
            CustomerRows rows,
            OutboxWriter outbox,
            AppliedStreams streams,
            Clock clock) {
        this.sales = sales;
        this.identities = identities;
        this.rows = rows;
        this.outbox = outbox;
        streams.onApplied(stream -> {
            if (stream == Stream.CUSTOMERS) rows.settle(sales, clock.instant());
        });
        rows.settle(sales, clock.instant());
    }

    @Override
    public List<Customer> search(String text, int limit) {
        List<String> words = Customer.words(text);
        return sales.read(session -> rows.search(session, words, Math.clamp(limit, 1, MOST_FOUND)));
    }

    @Override
    public Outcome<Customer> customer(UUID id) {
        return sales.read(session -> rows.customer(session, id))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused("customer-unknown"));
    }

    @Override
    public Outcome<Customer> make(UUID id, Map<CustomerField, String> fields, Person who) {
        Map<CustomerField, String> all = new EnumMap<>(CustomerField.class);
        all.put(CustomerField.NAME, "");
        all.putAll(fields);
        return keep(id, id, true, all, who);
    }

    @Override
    public Outcome<Customer> mend(UUID act, UUID customer, Map<CustomerField, String> fields, Person who) {
        return keep(act, customer, false, fields, who);
    }

    private record Kept(Outcome<Customer> outcome, boolean fresh) {}

    private Outcome<Customer> keep(
            UUID act, UUID customer, boolean made, Map<CustomerField, String> texts, Person who) {
        Identity identity = identities.current().orElse(null);
        if (identity == null) return Outcome.refused("store-not-ready");
        return switch (Customer.typed(texts)) {
            case Outcome.Refused<Map<CustomerField, String>>(var refusal) -> new Outcome.Refused<>(refusal);
            case Outcome.Done<Map<CustomerField, String>>(var fields) -> {
                Kept kept = sales.write(session -> {
                    Optional<Customer> there = rows.customer(session, customer);
                    if (rows.changed(session, act)) return new Kept(done(there), false);
                    if (there.isEmpty() && !made) return new Kept(Outcome.refused("customer-unknown"), false);
                    Map<CustomerField, String> changed =
                            there.map(one -> one.differences(fields)).orElse(fields);
                    if (changed.isEmpty()) return new Kept(done(there), false);
                    if (changesLevel(changed, there) && !AccountLedger.isManager(who))
                        return new Kept(Outcome.refused("customer-level-needs-manager"), false);
                    OutboxWriter.Slot slot = outbox.next(session);
                    Map<String, String> named = new TreeMap<>();
                    changed.forEach((field, text) -> {
                        if (!made || !text.isEmpty()) named.put(field.name(), text);
                    });
                    CustomerChangedBody body = new CustomerChangedBody(
                            act,
                            identity.store().value(),
                            customer,
                            made,
                            named,
                            slot.at(),
                            who.id().value(),
                            who.name());
                    outbox.append(
                            session,
                            slot,
                            identity,
                            customer.toString(),
                            DocumentType.CUSTOMER_CHANGED,
                            DocumentType.CUSTOMER_CHANGED_SCHEMA,
                            body);
                    rows.insert(session, body, slot.sequence());
                    return new Kept(done(rows.customer(session, customer)), true);
                });
                if (kept.fresh()) {
                    outbox.ring();
                    LOG.info("customer changed customer={} made={} user={}", customer, made, who.id());
                }
                yield kept.outcome();
            }
        };
    }

    /** It is money: what everything costs this customer. */
    private static boolean changesLevel(Map<CustomerField, String> changed, Optional<Customer> there) {
        String level = changed.get(CustomerField.PRICE_LEVEL);
        return level != null
                && !level.equals(
                        there.map(one -> one.text(CustomerField.PRICE_LEVEL)).orElse(CustomerField.STANDARD_LEVEL));
    }

    private static Outcome<Customer> done(Optional<Customer> customer) {
        return customer.map(Outcome::done).orElseGet(() -> Outcome.refused("customer-unknown"));
    }
}
