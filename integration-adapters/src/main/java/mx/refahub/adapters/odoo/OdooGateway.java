package mx.refahub.adapters.odoo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.ErpCode;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.Master;
import mx.refahub.domain.erp.NewPart;
import mx.refahub.domain.erp.Posting;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.Connections;
import mx.refahub.domain.outside.Field;
import mx.refahub.domain.outside.OutsideKind;
import org.jspecify.annotations.Nullable;

/** Odoo 14 and later as the hub's ERP. See docs/erp-odoo.md. */
public final class OdooGateway implements ErpGateway, AutoCloseable {
    /** A key is not mended within seconds. */
    static final Duration UNTIL_MENDED = Duration.ofMinutes(5);

    private static final OutsideKind KIND = new OutsideKind(
            "odoo",
            true,
            "https://",
            NewPart.fieldsAfter(
                    Field.text("database", true, ""),
                    Field.secret("key", true),
                    Field.choice("protocol", "auto", "json-2", "json-rpc", "xml-rpc"),
                    Field.text("login", false, ""),
                    Field.text("journal", true, "MISC"),
                    Field.text("salesJournal", true, "INV"),
                    Field.number("seconds", true, "60")));
    private static final Duration PROBE = Duration.ofSeconds(15);
    /** How long to leave alone who asks for it without a time. */
    private static final Duration UNSAID = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int BATCH = 100;
    private static final int LONGEST_SECONDS = 600;
    private static final String MXN = "MXN";

    private final Connections connections;
    private final Duration pause;
    private @Nullable Open open;
    /** The connection whose key was refused, as it was then. */
    private volatile @Nullable Connection shut;

    /** The connection as it was when it was opened: another one is opened when a person changes it. */
    private record Open(Connection connection, HttpOdooCalls calls, OdooDatabase database) {}

    public OdooGateway(Connections connections) {
        this(connections, PAUSE);
    }

    /** @param pause before the first repetition */
    OdooGateway(Connections connections, Duration pause) {
        this.connections = connections;
        this.pause = pause;
    }

    @Override
    public ErpTarget target() {
        return ErpTarget.ODOO;
    }

    @Override
    public OutsideKind kind() {
        return KIND;
    }

    @Override
    public boolean isConnected() {
        return !connections.of(KIND.name()).isEmpty();
    }

    @Override
    public Optional<String> resting() {
        Connection then = shut;
        return then != null && connections.of(KIND.name()).contains(then)
                ? Optional.of(OdooSentences.SHUT)
                : Optional.empty();
    }

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public Outcome<String> probe(Connection connection) {
        OdooAccess access;
        try {
            access = access(connection, PROBE);
        } catch (IllegalArgumentException e) {
            return Outcome.refused("outside-refused", String.valueOf(e.getMessage()));
        }
        try (HttpOdooCalls calls = new HttpOdooCalls(access)) {
            OdooRecord company = company(calls);
            if (connection.equals(shut)) shut = null;
            return Outcome.done("Odoo " + calls.version() + (access.protocol() == OdooProtocol.JSON_2 ? "+" : "")
                    + " · " + company.text("name") + " · " + company.linkName("currency_id"));
        } catch (OdooRefused e) {
            return switch (e.kind()) {
                case KEY -> Outcome.refused("outside-signature");
                case ACCESS, VALIDATION, DUPLICATE, SERVER -> Outcome.refused("outside-refused", OdooSentences.of(e));
                case MISSING -> Outcome.refused("outside-strange", OdooSentences.of(e));
            };
        } catch (Failure e) {
            if (e.getCause() instanceof HttpOdooCalls.TurnedAway away && away.isAsked())
                return Outcome.refused(
                        "outside-busy", Long.toString((away.pause().isZero() ? UNSAID : away.pause()).toSeconds()));
            return Outcome.refused(
                    "outside-unreachable",
                    String.valueOf(connection.address().getHost()),
                    String.valueOf(e.getMessage()));
        }
    }

    @Override
    public synchronized List<Refusal> lacks(Wanted wanted) {
        return asked(database -> {
            database.forget();
            OdooRecord company = company(database.calls());
            if (!company.linkName("currency_id").equals(MXN))
                throw Failure.rejected("La moneda de la compañía en Odoo es " + company.linkName("currency_id")
                        + ", y las pólizas son en pesos.");
            List<Refusal> lacking = new ArrayList<>();
            missing(wanted.accounts(), database.accounts(wanted.accounts()), "erp-account-unknown", lacking);
            missing(wanted.centers(), database.centers(wanted.centers()), "erp-center-unknown", lacking);
            Set<String> journals = new LinkedHashSet<>();
            journals.add(database.journal());
            if (!wanted.codes().isEmpty()) journals.add(database.salesJournal());
            missing(journals, database.journals(journals), "erp-code-unknown", lacking);
            for (ErpCode.Kind kind : ErpCode.Kind.values()) {
                Set<String> codes = new TreeSet<>();
                for (ErpCode each : wanted.codes())
                    if (each.kind() == kind && !each.theirs().isEmpty()) codes.add(each.theirs());
                if (codes.isEmpty()) continue;
                Map<String, Long> found = switch (kind) {
                    case TAX -> database.taxes(codes);
                    case WAREHOUSE -> database.places(codes);
                    case TENDER -> database.journals(codes);
                    case CUSTOMER, SUPPLIER -> database.partners(codes);
                    case PURCHASE_TAX -> database.purchaseTaxes(codes);
                    case PRICE_LIST -> database.priceLists(codes);
                    case CORE_ITEM, VOUCHER_ITEM, MISC_ITEM -> database.products(codes);
                };
                missing(codes, found, "erp-code-unknown", lacking);
            }
            return lacking;
        });
    }

    private static void missing(Set<String> wanted, Map<String, Long> found, String code, List<Refusal> to) {
        new TreeSet<>(wanted).forEach(each -> {
            if (!each.isEmpty() && !found.containsKey(each)) to.add(Refusal.of(code, each));
        });
    }

    @Override
    public synchronized List<Delivery> deliver(List<Posting> postings) {
        return sent(postings.size(), database -> {
            OdooPostings sending = new OdooPostings(database);
            List<Delivery> outcomes = sending.deliver(postings);
            OdooRefused refused = sending.refusedAll();
            if (refused != null) shutAfter(refused);
            return outcomes;
        });
    }

    @Override
    public synchronized List<Delivery> put(List<? extends Master> masters) {
        return sent(masters.size(), database -> new OdooMasters(database).put(masters));
    }

    @Override
    public synchronized Changes changedSince(Master.Kind kind, Set<String> places, String cursor, int most) {
        return asked(database -> {
            OdooMasters masters = new OdooMasters(database);
            return kind == Master.Kind.STOCK
                    ? masters.stock(places, cursor, most)
                    : masters.changedSince(kind, cursor, most);
        });
    }

    @Override
    public synchronized void close() {
        Open now = open;
        if (now != null) now.calls().close();
        open = null;
    }

    private interface Asking<T> {
        T of(OdooDatabase database);
    }

    private <T> T asked(Asking<T> asking) {
        try {
            return asking.of(database());
        } catch (OdooRefused e) {
            shutAfter(e);
            throw Failure.rejected(OdooSentences.of(e));
        }
    }

    private List<Delivery> sent(int many, Asking<List<Delivery>> asking) {
        try {
            return asking.of(database());
        } catch (OdooRefused e) {
            shutAfter(e);
            return List.copyOf(Collections.nCopies(many, new Delivery.Unreachable(OdooSentences.of(e), UNTIL_MENDED)));
        } catch (Failure e) {
            return List.copyOf(
                    Collections.nCopies(many, new Delivery.Unreachable(String.valueOf(e.getMessage()), null)));
        }
    }

    private void shutAfter(OdooRefused e) {
        Open now = open;
        if (e.kind() == OdooRefused.Kind.KEY && now != null) shut = now.connection();
    }

    private OdooDatabase database() {
        Connection connection = connections.of(KIND.name()).stream()
                .findFirst()
                .orElseThrow(() -> Failure.rejected("No hay una conexión con Odoo encendida."));
        if (connection.equals(shut)) throw Failure.rejected(OdooSentences.SHUT);
        Open now = open;
        if (now != null && now.connection().equals(connection)) return now.database();
        close();
        int seconds = Math.clamp(connection.number("seconds"), 1, LONGEST_SECONDS);
        HttpOdooCalls calls;
        try {
            calls = new HttpOdooCalls(access(connection, Duration.ofSeconds(seconds)));
        } catch (IllegalArgumentException e) {
            throw new Failure(FailureKind.REJECTED, String.valueOf(e.getMessage()), e);
        }
        OdooDatabase database = new OdooDatabase(
                calls,
                connection.text("journal").strip(),
                connection.text("salesJournal").strip());
        open = new Open(connection, calls, database);
        return database;
    }

    private OdooAccess access(Connection connection, Duration patience) {
        return new OdooAccess(
                connection.address(),
                connection.text("database"),
                connection.text("login"),
                connection.secret("key"),
                OdooProtocol.ofSetting(connection.text("protocol")),
                patience,
                pause);
    }

    private static OdooRecord company(OdooCalls calls) {
        return calls
                .records(OdooCall.searchRead(OdooModels.COMPANY, List.of(), List.of("name", "currency_id"))
                        .ordered("id", 1))
                .stream()
                .findFirst()
                .orElseThrow(() -> new OdooRefused(OdooRefused.Kind.ACCESS, ""));
    }
}
