package mx.refahub.hub.rate;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import mx.refahub.domain.Failure;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.rate.CashRounding;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.rate.RateDesk;
import mx.refahub.domain.rate.RateSource;
import mx.refahub.domain.rate.RateSync;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** What changes goes out with the settings, in the transaction that changes it. */
final class PostgresRateDesk implements RateDesk, RateSync {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresRateDesk.class);
    private static final String USD = ExchangeRate.USD.getCurrencyCode();
    private static final ZoneId MEXICO = ZoneId.of("America/Mexico_City");
    private static final int SHOWN = 30;
    /** What a rate may be off the one that holds without being asked about. */
    private static final BigDecimal FAR = new BigDecimal("0.2");

    private static final int MOST = 400;

    private final RateTable table;
    private final Optional<RateSource> source;
    private final RateSettings settings;
    private final Publications publications;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PostgresRateDesk(
            RateTable table,
            Optional<RateSource> source,
            RateSettings settings,
            Publications publications,
            AuditTrail audit,
            Clock clock,
            TransactionTemplate transaction) {
        this.table = table;
        this.source = source;
        this.settings = settings;
        this.publications = publications;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Override
    public Standing standing(int limit) {
        Long step = table.rounding();
        return new Standing(
                today(),
                step == null ? CashRounding.NONE : new CashRounding(step),
                table.latest(USD, Math.clamp(limit, 1, MOST)).stream()
                        .map(PostgresRateDesk::known)
                        .toList());
    }

    private static Known known(RateTable.RateRow row) {
        ExchangeRate byHand = rate(row.day(), row.byHand());
        ExchangeRate published = rate(row.day(), row.published());
        return byHand != null
                ? new Known(byHand, row.setBy(), "", Objects.requireNonNull(row.setAt()), published)
                : new Known(
                        Objects.requireNonNull(published),
                        "",
                        row.source(),
                        Objects.requireNonNull(row.publishedAt()),
                        null);
    }

    private static @Nullable ExchangeRate rate(LocalDate day, @Nullable BigDecimal pesos) {
        return pesos == null ? null : new ExchangeRate(ExchangeRate.USD, day, pesos);
    }

    @Override
    public LocalDate today() {
        String zone = table.zone();
        return LocalDate.ofInstant(clock.instant(), zone == null ? MEXICO : ZoneId.of(zone));
    }

    private interface Change {
        int rows();
    }

    private void change(String by, String act, String subject, Change change) {
        transaction.executeWithoutResult(status -> {
            if (change.rows() == 0) return;
            publications.raise(Stream.SETTINGS);
            audit.record(by, act, subject);
        });
    }

    @Override
    public Outcome<Standing> set(LocalDate day, BigDecimal pesos, boolean meant, String by) {
        LocalDate today = today();
        if (!ExchangeRate.valid(pesos)) return Outcome.refused("rate-invalid");
        if (day.isAfter(today.plusWeeks(1)) || day.isBefore(today.minusYears(1)))
            return Outcome.refused("rate-day-invalid");
        Doubt doubt = meant ? null : doubt(day, pesos);
        if (doubt != null && doubt.holds() == null)
            return Outcome.refused("rate-strange", new ExchangeRate(ExchangeRate.USD, day, pesos).text());
        if (doubt != null)
            return Outcome.refused(
                    "rate-far",
                    pesos.toPlainString(),
                    new ExchangeRate(ExchangeRate.USD, day, Objects.requireNonNull(doubt.holds())).text());
        change(
                by,
                "rate-set",
                day + " " + pesos.toPlainString(),
                () -> table.setByHand(USD, day, pesos, by, clock.instant()));
        LOG.info("rate set day={} pesos={}", day, pesos);
        return Outcome.done(standing(SHOWN));
    }

    /** @param holds what it is far off from; null if it is a strange first one */
    private record Doubt(@Nullable BigDecimal holds) {}

    private @Nullable Doubt doubt(LocalDate day, BigDecimal pesos) {
        BigDecimal holds = table.nearest(USD, day);
        return (holds == null ? isUsual(pesos) : isNear(pesos, holds)) ? null : new Doubt(holds);
    }

    /** A shop that keeps its own rate may be far off what is published: it is enough that either is near. */
    private boolean isStrange(ExchangeRate rate) {
        BigDecimal holds = table.nearest(USD, rate.day());
        BigDecimal before = table.nearestPublished(USD, rate.day());
        return !(holds != null && isNear(rate.pesos(), holds))
                && !(before == null ? isUsual(rate.pesos()) : isNear(rate.pesos(), before));
    }

    private static boolean isNear(BigDecimal pesos, BigDecimal other) {
        return pesos.subtract(other).abs().compareTo(other.multiply(FAR)) <= 0;
    }

    /** Outside of the band most likely a point was lost or put too early. */
    private boolean isUsual(BigDecimal pesos) {
        return pesos.compareTo(settings.leastFirst()) >= 0 && pesos.compareTo(settings.mostFirst()) <= 0;
    }

    @Override
    public Outcome<Standing> takeBack(LocalDate day, String by) {
        change(by, "rate-taken-back", day.toString(), () -> table.takeBack(USD, day, by, clock.instant()));
        return Outcome.done(standing(SHOWN));
    }

    @Override
    public Outcome<Standing> fetch(String by) {
        if (source.isEmpty()) return Outcome.refused("rate-source-none");
        LocalDate today = today();
        try {
            Outcome<Optional<ExchangeRate>> taken = take(today, by);
            if (taken instanceof Outcome.Refused<Optional<ExchangeRate>>(Refusal why))
                return new Outcome.Refused<>(why);
            if (taken instanceof Outcome.Done<Optional<ExchangeRate>>(Optional<ExchangeRate> rate) && rate.isEmpty())
                return Outcome.refused("rate-not-published", today.toString());
        } catch (Failure e) {
            LOG.warn("rate not fetched source={} reason={}", source.get().name(), e.getMessage());
            return Outcome.refused("rate-source-away");
        }
        return Outcome.done(standing(SHOWN));
    }

    @Override
    public Optional<String> source() {
        return source.map(RateSource::name);
    }

    @Override
    public List<LocalDate> unknown(LocalDate from, LocalDate to) {
        Set<LocalDate> known = Set.copyOf(table.published(USD, from, to));
        return from.datesUntil(to.plusDays(1))
                .filter(day -> !known.contains(day))
                .toList();
    }

    @Override
    public Outcome<Optional<ExchangeRate>> take(LocalDate day) {
        return take(day, source().orElse(""));
    }

    /** @param by who asks, for the audit trail */
    private Outcome<Optional<ExchangeRate>> take(LocalDate day, String by) {
        Optional<ExchangeRate> published = source.flatMap(from -> from.published(ExchangeRate.USD, day));
        Optional<ExchangeRate> strange = published.filter(this::isStrange);
        if (strange.isPresent()) {
            LOG.warn("rate not taken day={} pesos={}", day, strange.get().pesos());
            return Outcome.refused("rate-published-strange", strange.get().text());
        }
        published.ifPresent(rate -> {
            String name = source().orElse("");
            change(
                    by,
                    "rate-published",
                    rate.day() + " " + rate.pesos().toPlainString(),
                    () -> table.publish(USD, rate.day(), rate.pesos(), name, clock.instant()));
            LOG.info("rate published day={} pesos={} source={}", rate.day(), rate.pesos(), name);
        });
        return Outcome.done(published);
    }

    @Override
    public Optional<ExchangeRate> holding(LocalDate day) {
        return table.latest(USD, SHOWN).stream()
                .map(PostgresRateDesk::known)
                .map(Known::rate)
                .filter(rate -> !rate.day().isAfter(day))
                .findFirst();
    }

    @Override
    public Outcome<Standing> round(long step, String by) {
        if (!CashRounding.STEPS.contains(step)) return Outcome.refused("rounding-invalid");
        change(by, "cash-rounding", Long.toString(step), () -> table.round(step));
        LOG.info("cash rounding set step={}", step);
        return Outcome.done(standing(SHOWN));
    }
}
