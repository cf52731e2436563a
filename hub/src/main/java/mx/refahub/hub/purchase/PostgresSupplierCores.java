package mx.refahub.hub.purchase;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.money.Thousands;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.SupplierCores;
import mx.refahub.domain.store.Person;
import mx.refahub.hub.access.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresSupplierCores implements SupplierCores {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSupplierCores.class);
    private static final int MOST = 1_000;
    private static final int LONGEST = 120;

    private final SupplierCoreTable table;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PostgresSupplierCores(SupplierCoreTable table, AuditTrail audit, Clock clock, TransactionTemplate transaction) {
        this.table = table;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    private LocalDate today() {
        return clock.instant().atZone(ZoneId.of(table.zone())).toLocalDate();
    }

    @Override
    public List<Standing> standings() {
        return table.standings(today()).stream()
                .map(row -> {
                    Currency in = Currency.getInstance(row.currency());
                    return new Standing(
                            row.supplier(),
                            row.name(),
                            row.days(),
                            row.oldest(),
                            age(row.pieces30(), row.amount30(), in),
                            age(row.pieces60(), row.amount60(), in),
                            age(row.pieces90(), row.amount90(), in),
                            age(row.piecesMore(), row.amountMore(), in),
                            new Money(row.overdue(), in),
                            new Money(row.awaited(), in));
                })
                .toList();
    }

    private static Age age(long pieces, long amount, Currency in) {
        return new Age(new Quantity(pieces), new Money(amount, in));
    }

    @Override
    public List<Charge> charges(UUID supplier, int limit) {
        return table.charges(supplier, today(), Math.clamp(limit, 1, MOST)).stream()
                .map(row -> new Charge(
                        row.id(),
                        row.store(),
                        row.lineCode(),
                        row.partNumber(),
                        row.name(),
                        row.reference(),
                        row.day(),
                        row.due(),
                        row.days(),
                        new Quantity(row.bought()),
                        new Quantity(row.open()),
                        new Money(row.amount(), Currency.getInstance(row.currency()))))
                .toList();
    }

    @Override
    public List<Given> given(@Nullable UUID supplier, int limit) {
        return given(table.given(supplier, Math.clamp(limit, 1, MOST)));
    }

    @Override
    public Optional<Given> one(UUID id) {
        return given(table.one(id).stream().toList()).stream().findFirst();
    }

    private List<Given> given(List<SupplierCoreTable.GivenRow> rows) {
        Map<UUID, List<SupplierCoreTable.CreditRow>> credits =
                table.credits(rows.stream().map(SupplierCoreTable.GivenRow::id).toArray(UUID[]::new)).stream()
                        .collect(Collectors.groupingBy(SupplierCoreTable.CreditRow::returnId));
        return rows.stream()
                .map(row -> {
                    Currency in = Currency.getInstance(row.currency());
                    return new Given(
                            row.id(),
                            row.store(),
                            row.supplier(),
                            row.supplierName(),
                            row.reference(),
                            row.note(),
                            row.at(),
                            row.byName(),
                            new Quantity(row.pieces()),
                            new Quantity(row.pieces() - row.matched()),
                            new Money(row.expected(), in),
                            new Money(row.credited(), in),
                            row.settledAt(),
                            row.settledNote(),
                            credits.getOrDefault(row.id(), List.of()).stream()
                                    .map(one -> new Credit(
                                            one.id(),
                                            new Money(one.amount(), in),
                                            one.reference(),
                                            one.at(),
                                            one.byName()))
                                    .toList());
                })
                .toList();
    }

    @Override
    public List<Proposed> proposed(int limit) {
        return table.proposed(today(), Math.clamp(limit, 1, MOST)).stream()
                .map(row -> new Proposed(
                        row.store(),
                        row.storeCode(),
                        row.supplier(),
                        row.supplierName(),
                        row.part(),
                        row.lineCode(),
                        row.partNumber(),
                        row.name(),
                        new Quantity(row.lies()),
                        new Quantity(row.quantity()),
                        new Money(row.amount(), Currency.getInstance(row.currency())),
                        row.due()))
                .toList();
    }

    @Override
    public Outcome<Given> credit(UUID given, UUID id, String amount, String reference, Person by) {
        BigDecimal typed = typed(amount, 2);
        if (typed == null || typed.signum() == 0) return Outcome.refused("cores-amount-wrong", shown(amount));
        long minor = typed.movePointRight(2).longValueExact();
        String paper = plain(reference);
        return act(given, () -> {
            SupplierCoreTable.CreditRow there = table.creditOf(id).orElse(null);
            if (there != null)
                return there.returnId().equals(given) && there.amount() == minor
                        ? done(given)
                        : Outcome.refused("cores-credit-other");
            SupplierCoreTable.GivenRow row = table.one(given).orElseThrow();
            if (row.supplier() == null) return Outcome.refused("cores-supplier-missing");
            if (row.settledAt() != null) return Outcome.refused("cores-settled");
            long open = row.expected() - row.credited();
            if (minor > open)
                return Outcome.refused(
                        "cores-credit-more",
                        new Money(Math.max(0, open), Currency.getInstance(row.currency()))
                                .amount()
                                .toPlainString());
            table.credit(id, given, minor, paper, clock.instant(), by.name());
            if (minor == open) table.settle(given, clock.instant(), by.name(), "");
            audit.record(by.id().toString(), "core credit noted", given + " " + minor);
            LOG.info("core credit noted given={} amount={}", given, minor);
            return done(given);
        });
    }

    @Override
    public Outcome<Given> settle(UUID given, String note, Person by) {
        String why = plain(note);
        if (why.isEmpty()) return Outcome.refused("reason-needed");
        return act(given, () -> {
            if (table.settle(given, clock.instant(), by.name(), why) == 1)
                audit.record(by.id().toString(), "cores given settled", given.toString());
            return done(given);
        });
    }

    @Override
    public Outcome<Given> assign(UUID given, UUID supplier, Person by) {
        return act(given, () -> {
            SupplierCoreTable.GivenRow row = table.one(given).orElseThrow();
            if (supplier.equals(row.supplier())) return done(given);
            if (row.settledAt() != null || row.credited() > 0) return Outcome.refused("cores-settled");
            if (!table.isSupplier(supplier)) return Outcome.refused("supplier-unknown");
            table.assign(given, supplier);
            audit.record(by.id().toString(), "cores given assigned", given + " " + supplier);
            return done(given);
        });
    }

    @Override
    public Outcome<Integer> charge(UUID supplier, UUID part, String charge, Person by) {
        BigDecimal core = charge.isBlank() ? BigDecimal.ZERO : typed(charge, 4);
        if (core == null) return Outcome.refused("cores-amount-wrong", shown(charge));
        return Objects.requireNonNull(transaction.execute(status -> {
            if (!table.isSupplier(supplier)) return Outcome.refused("supplier-unknown");
            int numbers = table.setCore(supplier, part, core);
            if (numbers == 0) return Outcome.refused("supplier-part-unknown");
            audit.record(by.id().toString(), "supplier core charge", supplier + " " + part + " " + core);
            return Outcome.done(numbers);
        }));
    }

    @FunctionalInterface
    private interface Act {
        Outcome<Given> run();
    }

    /** One after the other for each return: a credit that is pressed twice at once is one. */
    private Outcome<Given> act(UUID given, Act act) {
        return Objects.requireNonNull(transaction.execute(status -> {
            if (table.lock(given).isEmpty()) return Outcome.refused("cores-given-unknown");
            return act.run();
        }));
    }

    private Outcome<Given> done(UUID given) {
        return Outcome.done(one(given).orElseThrow());
    }

    private static @Nullable BigDecimal typed(String amount, int decimals) {
        String text = Thousands.plain(amount).replace("$", "");
        return text.matches("\\d{1,7}([.]\\d{1," + decimals + "})?") ? new BigDecimal(text).setScale(decimals) : null;
    }

    private static String shown(String typed) {
        String one = plain(typed);
        return one.length() <= 40 ? one : one.substring(0, 40) + "…";
    }

    private static String plain(String text) {
        String one = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return one.substring(0, Math.min(one.length(), LONGEST));
    }
}
