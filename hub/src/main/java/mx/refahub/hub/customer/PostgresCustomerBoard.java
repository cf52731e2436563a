package mx.refahub.hub.customer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.customer.Account;
import mx.refahub.domain.customer.CreditLine;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.customer.CustomerBoard;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.access.SigningKey;
import mx.refahub.hub.stream.Publications;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

final class PostgresCustomerBoard implements CustomerBoard {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCustomerBoard.class);
    private static final TypeReference<TreeMap<String, String>> FIELDS = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Days are counted by the capital's clock: one that all branches share. */
    private static final ZoneId ZONE = ZoneId.of("America/Mexico_City");

    private static final int SHOWN = 200;
    private static final int MOST_WORDS = 6;

    private final CustomerTable table;
    private final Publications publications;
    private final SigningKey key;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final TransactionTemplate oneLook;

    PostgresCustomerBoard(
            CustomerTable table,
            Publications publications,
            SigningKey key,
            AuditTrail audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.table = table;
        this.publications = publications;
        this.key = key;
        this.audit = audit;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.oneLook = new TransactionTemplate(transactions);
        oneLook.setReadOnly(true);
    }

    private LocalDate today() {
        return clock.instant().atZone(ZONE).toLocalDate();
    }

    @Override
    public List<Row> list(Filter filter, int limit) {
        String[] patterns = Customer.words(filter.text()).stream()
                .limit(MOST_WORDS)
                .map(word -> "%" + word + "%")
                .toArray(String[]::new);
        return table
                .list(
                        patterns.length == 0 ? new String[] {"%"} : patterns,
                        null,
                        filter.standing().name(),
                        today(),
                        Math.clamp(limit, 1, MOST))
                .stream()
                .map(PostgresCustomerBoard::row)
                .toList();
    }

    @Override
    public Optional<Sheet> one(UUID customer) {
        return Objects.requireNonNull(oneLook.execute(status -> sheet(customer)), "a sheet or none");
    }

    private Optional<Sheet> sheet(UUID customer) {
        LocalDate today = today();
        return table.list(new String[] {"%"}, customer, Standing.ALL.name(), today, 1).stream()
                .findFirst()
                .map(found -> {
                    Row row = row(found);
                    List<Account.Open> open = table.open(customer).stream()
                            .map(one -> new Account.Open(
                                    one.id(),
                                    one.reference(),
                                    one.code(),
                                    one.day(),
                                    one.dueOn(),
                                    Money.mxn(one.amount()),
                                    Money.mxn(one.left())))
                            .toList();
                    return new Sheet(
                            row,
                            Account.ageing(open, row.balance(), today),
                            today,
                            open,
                            table.entries(customer, SHOWN).stream()
                                    .map(PostgresCustomerBoard::entry)
                                    .toList(),
                            table.changes(customer, SHOWN).stream()
                                    .map(PostgresCustomerBoard::change)
                                    .toList(),
                            table.lines(customer, SHOWN).stream()
                                    .map(line -> new LineSet(
                                            new CreditLine(
                                                    customer,
                                                    Money.mxn(line.limitAmount()),
                                                    line.days(),
                                                    line.held(),
                                                    Money.mxn(line.branchLimit()),
                                                    line.setAt()),
                                            line.reason(),
                                            line.setByName()))
                                    .toList());
                });
    }

    @Override
    public Outcome<Sheet> setLine(UUID customer, NewLine wanted, Person by) {
        String reason = wanted.reason().replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (wanted.limit() < 0 || wanted.limit() > CreditLine.LARGEST) return Outcome.refused("credit-limit");
        if (wanted.branchLimit() < 0 || wanted.branchLimit() > wanted.limit())
            return Outcome.refused(
                    "credit-branch-limit", Money.mxn(wanted.limit()).text());
        if (wanted.days() < 0 || wanted.days() > CreditLine.MOST_DAYS)
            return Outcome.refused("credit-days", Integer.toString(CreditLine.MOST_DAYS));
        if (reason.isEmpty()) return Outcome.refused("reason-missing");
        if (reason.length() > MAX_REASON) return Outcome.refused("reason-too-long", Integer.toString(MAX_REASON));
        return Objects.requireNonNull(
                transaction.execute(status -> {
                    long version = publications.raise(Stream.CUSTOMERS);
                    if (table.lock(customer).isEmpty()) {
                        status.setRollbackOnly();
                        return Outcome.refused("customer-unknown");
                    }
                    // Later than every line before it, whatever the clock says: the newest counts.
                    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                    Instant last = table.lines(customer, 1).stream()
                            .map(CustomerTable.LineRow::setAt)
                            .findFirst()
                            .orElse(Instant.EPOCH);
                    CreditLine line = new CreditLine(
                            customer,
                            Money.mxn(wanted.limit()),
                            wanted.days(),
                            wanted.held(),
                            Money.mxn(wanted.branchLimit()),
                            now.isAfter(last) ? now : last.plusMillis(1));
                    table.insertLine(new CustomerTable.NewLine(
                            customer,
                            line.setAt(),
                            line.limit().currency().getCurrencyCode(),
                            wanted.limit(),
                            wanted.days(),
                            wanted.held(),
                            wanted.branchLimit(),
                            reason,
                            by.id().value(),
                            by.name(),
                            key.sign(line)));
                    table.touch(customer, version);
                    audit.record(by.id().toString(), "credit line", customer.toString());
                    LOG.info("credit line set customer={} held={} by={}", customer, wanted.held(), by.id());
                    return Outcome.done(sheet(customer).orElseThrow());
                }),
                "an outcome");
    }

    @Override
    public Outcome<Customer> statement(UUID customer, Consumer<Entry> taker) {
        return Objects.requireNonNull(
                oneLook.execute(status -> {
                    Optional<Customer> known =
                            table.list(new String[] {"%"}, customer, Standing.ALL.name(), today(), 1).stream()
                                    .findFirst()
                                    .map(found -> row(found).customer());
                    if (known.isEmpty()) return Outcome.<Customer>refused("customer-unknown");
                    try (Cursor<CustomerTable.EntryRow> rows = table.statement(customer)) {
                        for (CustomerTable.EntryRow row : rows) taker.accept(entry(row));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return Outcome.done(known.get());
                }),
                "an outcome");
    }

    private static Row row(CustomerTable.ListRow row) {
        Map<CustomerField, String> fields = new EnumMap<>(CustomerField.class);
        fields.put(CustomerField.NAME, row.name());
        fields.put(CustomerField.PHONE, row.phone());
        fields.put(CustomerField.EMAIL, row.email());
        fields.put(CustomerField.RFC, row.rfc());
        fields.put(CustomerField.FISCAL_NAME, row.fiscalName());
        fields.put(CustomerField.POSTAL_CODE, row.postalCode());
        fields.put(CustomerField.REGIME, row.regime());
        fields.put(CustomerField.TAX_USE, row.taxUse());
        fields.put(CustomerField.VEHICLES, row.vehicles());
        fields.put(CustomerField.PRICE_LEVEL, row.priceLevel());
        fields.put(CustomerField.NOTES, row.notes());
        return new Row(new Customer(row.id(), fields), Money.mxn(row.balance()), Money.mxn(row.overdue()), line(row));
    }

    private static @Nullable CreditLine line(CustomerTable.ListRow row) {
        Long limit = row.limitAmount();
        Integer days = row.days();
        Boolean held = row.held();
        Long branch = row.branchLimit();
        Instant setAt = row.setAt();
        return limit == null || days == null || held == null || branch == null || setAt == null
                ? null
                : new CreditLine(row.id(), Money.mxn(limit), days, held, Money.mxn(branch), setAt);
    }

    private static Entry entry(CustomerTable.EntryRow row) {
        return new Entry(
                row.id(),
                Account.Kind.valueOf(row.kind()),
                row.code(),
                Money.mxn(row.amount()),
                row.at(),
                row.day(),
                row.dueOn(),
                row.reference(),
                row.tender(),
                row.bounced(),
                row.byName());
    }

    private static Change change(CustomerTable.ChangeRow row) {
        Map<String, String> after = JSON.readValue(row.fields(), FIELDS);
        Map<String, String> before = JSON.readValue(row.before(), FIELDS);
        Map<CustomerField, Mended> fields = new EnumMap<>(CustomerField.class);
        for (CustomerField field : CustomerField.values()) {
            String text = after.get(field.name());
            if (text != null) fields.put(field, new Mended(before.getOrDefault(field.name(), ""), text));
        }
        return new Change(row.id(), row.code(), row.at(), row.receivedAt(), row.byName(), fields);
    }
}
