package mx.refahub.hub.purchase;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.money.Thousands;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.Supplier;
import mx.refahub.domain.purchase.Suppliers;
import mx.refahub.domain.store.Person;
import mx.refahub.hub.access.AuditTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresSuppliers implements Suppliers {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSuppliers.class);
    static final int LONGEST_NUMBER = 100;
    private static final int MOST = 5_000;

    private final SupplierTable table;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PostgresSuppliers(SupplierTable table, AuditTrail audit, Clock clock, TransactionTemplate transaction) {
        this.table = table;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    static Supplier supplier(SupplierTable.SupplierRow row) {
        Currency currency = Currency.getInstance(row.currency());
        return new Supplier(
                row.id(),
                row.code(),
                row.name(),
                row.rfc(),
                row.email(),
                currency,
                row.creditDays(),
                row.leadDays(),
                new Money(row.minimumOrder(), currency),
                row.note(),
                row.archivedAt() != null,
                row.coreDays(),
                row.fillUp());
    }

    private static Known known(SupplierTable.SupplierRow row) {
        return new Known(supplier(row), row.measuredDays(), row.orders(), row.parts());
    }

    @Override
    public List<Known> list(boolean archived) {
        return table.all(archived).stream().map(PostgresSuppliers::known).toList();
    }

    @Override
    public Optional<Known> one(UUID id) {
        return table.one(id).map(PostgresSuppliers::known);
    }

    @Override
    public Outcome<Supplier> keep(UUID id, Supplier.Form form, Person by) {
        return switch (Supplier.of(id, form)) {
            case Outcome.Refused<Supplier> refused -> refused;
            case Outcome.Done<Supplier>(Supplier supplier) -> kept(supplier, by);
        };
    }

    private Outcome<Supplier> kept(Supplier s, Person by) {
        return Objects.requireNonNull(transaction.execute(status -> {
            if (table.codeTaken(s.code(), s.id())) return Outcome.refused("supplier-code-taken", s.code());
            Optional<UUID> same = table.byRfc(s.rfc());
            if (same.isPresent() && !same.get().equals(s.id())) return Outcome.refused("supplier-rfc-taken", s.rfc());
            table.keep(
                    s.id(),
                    s.code(),
                    s.name(),
                    s.rfc(),
                    s.email(),
                    s.currency().getCurrencyCode(),
                    s.creditDays(),
                    s.leadDays(),
                    s.minimumOrder().minor(),
                    s.note(),
                    s.coreDays(),
                    s.fillUp());
            audit.record(by.id().toString(), "supplier kept", s.id().toString());
            LOG.info("supplier kept supplier={} code={}", s.id(), s.code());
            return Outcome.done(
                    table.one(s.id()).map(PostgresSuppliers::supplier).orElseThrow());
        }));
    }

    @Override
    public Outcome<Supplier> archive(UUID id, boolean archived, Person by) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Supplier there = table.one(id).map(PostgresSuppliers::supplier).orElse(null);
            if (there == null) return Outcome.refused("supplier-unknown");
            if (there.archived() == archived) return Outcome.done(there);
            if (!archived && table.byRfc(there.rfc()).isPresent())
                return Outcome.refused("supplier-rfc-taken", there.rfc());
            table.archive(id, archived ? clock.instant() : null);
            audit.record(by.id().toString(), archived ? "supplier archived" : "supplier brought back", id.toString());
            return Outcome.done(table.one(id).map(PostgresSuppliers::supplier).orElseThrow());
        }));
    }

    private static TheirPart part(SupplierTable.PartRow row) {
        return new TheirPart(
                row.theirNumber(),
                new PartId(row.partId()),
                row.lineCode(),
                row.partNumber(),
                row.name(),
                row.cost(),
                new Quantity(row.pack()),
                row.notedAt(),
                row.core());
    }

    @Override
    public List<TheirPart> parts(UUID supplier, int limit) {
        return table.parts(supplier, Math.clamp(limit, 1, MOST)).stream()
                .map(PostgresSuppliers::part)
                .toList();
    }

    /** Theirs are compared without blanks at the ends and in upper case. */
    static String normal(String theirNumber) {
        return theirNumber.replaceAll("[\\p{Cntrl}\\s]+", " ").strip().toUpperCase(Locale.ROOT);
    }

    @Override
    public Outcome<TheirPart> map(UUID supplier, String theirNumber, PartId part, String cost, String pack, Person by) {
        String number = normal(theirNumber);
        if (number.isEmpty() || number.length() > LONGEST_NUMBER)
            return Outcome.refused("supplier-number-wrong", "" + LONGEST_NUMBER);
        String typedCost = Thousands.plain(cost);
        if (!typedCost.isEmpty() && !typedCost.matches("\\d{1,7}([.]\\d{1,4})?"))
            return Outcome.refused("stock-cost-text", shown(typedCost));
        String typedPack = pack.strip();
        if (!typedPack.isEmpty() && !typedPack.matches("\\d{1,6}([.]\\d{1,3})?"))
            return Outcome.refused("stock-quantity-text", shown(typedPack));
        long pieces = typedPack.isEmpty()
                ? Quantity.ONE.thousandths()
                : Quantity.of(new BigDecimal(typedPack)).thousandths();
        if (pieces <= 0) return Outcome.refused("stock-quantity-not-positive", shown(typedPack));
        return Objects.requireNonNull(transaction.execute(status -> {
            if (table.one(supplier).isEmpty()) return Outcome.refused("supplier-unknown");
            if (!table.isPart(part.value())) return Outcome.refused("part-unknown");
            table.map(supplier, number, part.value(), typedCost, pieces, clock.instant());
            audit.record(by.id().toString(), "supplier number mapped", supplier + " " + number);
            return Outcome.done(
                    table.part(supplier, number).map(PostgresSuppliers::part).orElseThrow());
        }));
    }

    private static String shown(String typed) {
        return typed.length() <= 40 ? typed : typed.substring(0, 40) + "…";
    }

    @Override
    public boolean unmap(UUID supplier, String theirNumber, Person by) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean was = table.unmap(supplier, normal(theirNumber)) == 1;
            if (was)
                audit.record(by.id().toString(), "supplier number forgotten", supplier + " " + normal(theirNumber));
            return was;
        }));
    }
}
