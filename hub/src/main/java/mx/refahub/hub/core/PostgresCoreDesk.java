package mx.refahub.hub.core;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.core.CoreDesk;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Folio;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** What changes goes out with the settings, in the transaction that changes it. */
final class PostgresCoreDesk implements CoreDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCoreDesk.class);
    private static final ZoneId MEXICO = ZoneId.of("America/Mexico_City");
    private static final int SHOWN = 500;
    private static final int MOST = 5_000;

    private final CoreTable table;
    private final Publications publications;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PostgresCoreDesk(
            CoreTable table,
            Publications publications,
            AuditTrail audit,
            Clock clock,
            TransactionTemplate transaction) {
        this.table = table;
        this.publications = publications;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Override
    public Standing standing(int limit) {
        CoreTable.TermsRow terms = table.terms();
        List<Customer> customers = table.customers(today()).stream()
                .map(PostgresCoreDesk::customer)
                .toList();
        List<Age> ages = ages(0, 0, 0, 0, 0, 0, 0, 0);
        Quantity pieces = Quantity.ZERO;
        Money deposits = Money.mxn(0);
        Money expired = Money.mxn(0);
        for (Customer one : customers) {
            ages = sum(ages, one.ages());
            pieces = pieces.plus(one.pieces());
            deposits = deposits.plus(one.deposits());
            expired = expired.plus(one.expired());
        }
        return new Standing(
                terms == null ? new Terms(false, null, null) : new Terms(terms.taxed(), terms.days(), terms.pieces()),
                pieces,
                deposits,
                expired,
                ages,
                customers.stream().limit(Math.clamp(limit, 1, MOST)).toList());
    }

    private static List<Age> sum(List<Age> one, List<Age> other) {
        List<Age> sums = new ArrayList<>();
        for (int i = 0; i < one.size(); i++)
            sums.add(new Age(
                    one.get(i).upTo(),
                    one.get(i).pieces().plus(other.get(i).pieces()),
                    one.get(i).deposits().plus(other.get(i).deposits())));
        return sums;
    }

    private static List<Age> ages(long p30, long d30, long p60, long d60, long p90, long d90, long more, long dMore) {
        return List.of(age(30, p30, d30), age(60, p60, d60), age(90, p90, d90), age(null, more, dMore));
    }

    private static Age age(@Nullable Integer upTo, long pieces, long deposits) {
        return new Age(upTo, new Quantity(pieces), Money.mxn(deposits));
    }

    private static Customer customer(CoreTable.CustomerRow row) {
        return new Customer(
                row.customer(),
                Objects.requireNonNullElse(row.name(), ""),
                new Quantity(row.pieces30() + row.pieces60() + row.pieces90() + row.piecesMore()),
                Money.mxn(row.deposits30() + row.deposits60() + row.deposits90() + row.depositsMore()),
                ages(
                        row.pieces30(),
                        row.deposits30(),
                        row.pieces60(),
                        row.deposits60(),
                        row.pieces90(),
                        row.deposits90(),
                        row.piecesMore(),
                        row.depositsMore()),
                row.oldest(),
                row.own(),
                Money.mxn(row.expired()));
    }

    private LocalDate today() {
        String zone = table.zone();
        return LocalDate.ofInstant(clock.instant(), zone == null ? MEXICO : ZoneId.of(zone));
    }

    @Override
    public List<Owed> owed(@Nullable UUID customer, int limit) {
        return table.owed(customer, Math.clamp(limit, 1, SHOWN)).stream()
                .map(row -> new Owed(
                        row.line(),
                        row.store(),
                        row.folioPrefix() == null ? "" : new Folio(row.folioPrefix(), row.folioNumber()).text(),
                        row.run(),
                        row.lineCode(),
                        row.partNumber(),
                        row.description(),
                        new Quantity(row.pieces()),
                        Money.mxn(row.deposit()),
                        row.day(),
                        row.until()))
                .toList();
    }

    @Override
    public Outcome<Standing> terms(Terms terms, String by) {
        Integer days = terms.days();
        Integer limit = terms.limit();
        if (days != null && (days < 1 || days > MOST_DAYS))
            return Outcome.refused("core-days", Integer.toString(MOST_DAYS));
        if (limit != null && !isLimit(limit)) return Outcome.refused("core-limit-invalid");
        change(
                by,
                "core-terms",
                (terms.taxed() ? "taxed" : "owed") + " " + days + " " + limit,
                () -> table.setTerms(terms.taxed(), days, limit));
        LOG.info("core terms set taxed={} days={} limit={}", terms.taxed(), days, limit);
        return Outcome.done(standing(SHOWN));
    }

    private static boolean isLimit(int pieces) {
        return pieces >= 0 && pieces <= MOST_PIECES;
    }

    @Override
    public Outcome<Standing> limit(UUID customer, @Nullable Integer pieces, String by) {
        if (table.known(customer) == 0) return Outcome.refused("customer-unknown");
        if (pieces != null && !isLimit(pieces)) return Outcome.refused("core-limit-invalid");
        change(
                by,
                "core-limit",
                customer + " " + pieces,
                () -> pieces == null
                        ? table.takeLimitOff(customer)
                        : table.setLimit(customer, pieces, by, clock.instant()));
        return Outcome.done(standing(SHOWN));
    }

    @Override
    public Outcome<Standing> back(UUID opening, UUID id, String pieces, String by) {
        String typed = pieces.strip();
        if (!typed.matches("\\d{1,6}([.]\\d{1,3})?")) return Outcome.refused("core-pieces-invalid");
        long quantity = new BigDecimal(typed).movePointRight(3).longValueExact();
        if (quantity == 0) return Outcome.refused("core-pieces-invalid");
        return Objects.requireNonNull(transaction.execute(status -> {
            CoreTable.OpeningRow row = table.opening(opening);
            if (row == null) return Outcome.refused("core-opening-unknown");
            long came = 0;
            long paid = 0;
            for (CoreTable.BackRow one : table.back(opening, id)) {
                if (one.id().equals(id))
                    return one.opening().equals(opening) && one.quantity() == quantity
                            ? Outcome.done(standing(SHOWN))
                            : Outcome.refused("core-back-other");
                came += one.quantity();
                paid += one.amount();
            }
            long left = row.quantity() - came;
            if (quantity > left) return Outcome.refused("core-back-more", new Quantity(left).text());
            long amount = quantity == left ? deposit(row.quantity(), row.unit()) - paid : deposit(quantity, row.unit());
            table.cameBack(id, opening, quantity, amount, clock.instant(), by);
            if (row.customer() != null) table.told(row.customer(), publications.raise(Stream.CUSTOMERS));
            audit.record(by, "core-opening-back", opening + " " + quantity + " " + amount);
            LOG.info("opening core came back opening={} quantity={} amount={}", opening, quantity, amount);
            return Outcome.done(standing(SHOWN));
        }));
    }

    /** Half a centavo is one, as PostgreSQL rounds it. */
    private static long deposit(long thousandths, long unit) {
        return BigDecimal.valueOf(thousandths)
                .multiply(BigDecimal.valueOf(unit))
                .movePointLeft(3)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private interface Change {
        int rows();
    }

    private void change(String by, String act, String subject, Change change) {
        transaction.executeWithoutResult(status -> {
            if (change.rows() == 0) return;
            long unused = publications.raise(Stream.SETTINGS);
            audit.record(by, act, subject);
        });
    }
}
