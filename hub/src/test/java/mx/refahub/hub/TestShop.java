package mx.refahub.hub;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.document.Documents;
import mx.refahub.domain.document.Envelope;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.FiscalState;
import mx.refahub.domain.sale.Folio;
import mx.refahub.domain.sale.InvoiceCode;
import mx.refahub.domain.sale.Issuer;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Totals;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.tax.TaxRegion;
import mx.refahub.domain.wire.CashSessionOpenedBody;
import mx.refahub.domain.wire.PinChosenBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.registry.Application;
import mx.refahub.hub.registry.StoreRegistry;
import mx.refahub.hub.registry.StoreRegistry.Registered;
import tools.jackson.databind.json.JsonMapper;

/** A store as the hub sees it: registered, with its key, writing a chain of documents. */
public final class TestShop {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SecureRandom RANDOM = new SecureRandom();

    public final Registered registered;
    public final StoreId id;
    public final KeyPair keys;
    private long sequence;
    private Sha256 previous = Sha256.NONE;
    private long folio;

    private TestShop(Registered registered, KeyPair keys) {
        this.registered = registered;
        this.id = registered.id();
        this.keys = keys;
    }

    public static TestShop open() {
        int n = NUMBER.incrementAndGet();
        KeyPair keys = Documents.keys();
        return TestHub.bean(StoreRegistry.class)
                .register(application("Sucursal " + n, "S" + n, "cajera" + n, keys), "test", null)
                .fold(made -> new TestShop(made, keys), refusal -> {
                    throw new IllegalStateException(refusal.toString());
                });
    }

    public static Application application(String name, String code, String cashier, KeyPair keys) {
        return new Application(
                name,
                code,
                "Av. Reforma 1204, Puebla",
                "72000",
                "STANDARD",
                "America/Mexico_City",
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
                cashier,
                "Marta Hernández",
                1);
    }

    public UUID cashier() {
        return TestHub.sql()
                .sql("select id from person where username = ?")
                .param(registered.cashierUser())
                .query(UUID.class)
                .single();
    }

    /** Where the chain stands, to go back to it: a restored disk. */
    public record Disk(long sequence, Sha256 previous) {}

    public Disk disk() {
        return new Disk(sequence, previous);
    }

    public void restore(Disk disk) {
        sequence = disk.sequence;
        previous = disk.previous;
    }

    public Document write(String key, String type, Object body, UUID... after) {
        return writeRaw(key, type, 1, JSON.writeValueAsString(body), after);
    }

    public Document writeRaw(String key, String type, int schema, String body, UUID... after) {
        return seal(UUID.randomUUID(), key, type, schema, body, after);
    }

    public Document seal(UUID documentId, String key, String type, int schema, String body, UUID... after) {
        Envelope envelope = new Envelope(
                documentId,
                id,
                registered.epoch(),
                ++sequence,
                key,
                type,
                schema,
                Instant.parse("2026-11-21T18:00:00Z").plusSeconds(sequence),
                List.of(after),
                previous);
        Document document = Document.seal(envelope, body.getBytes(StandardCharsets.UTF_8), keys.getPrivate());
        previous = document.hash();
        return document;
    }

    public Document sale(Sale sale, UUID... after) {
        return write("sale:" + sale.id(), DocumentType.SALE, SaleBody.of(sale), after);
    }

    public Document cashSale(UUID part) {
        return sale(cashSaleOf(part, 1));
    }

    public List<Document> cashSales(int count) {
        List<Document> documents = new ArrayList<>();
        UUID part = UUID.randomUUID();
        for (int i = 0; i < count; i++) documents.add(cashSale(part));
        return documents;
    }

    public Document cashSession(UUID session) {
        return write(
                session.toString(),
                DocumentType.CASH_SESSION_OPENED,
                new CashSessionOpenedBody(
                        session,
                        id.value(),
                        register().value(),
                        cashier(),
                        "Marta Hernández",
                        Instant.parse("2026-11-21T15:00:00Z"),
                        50_000,
                        "MXN"));
    }

    public Document pinChosen(UUID user, String hash) {
        return write(
                "user:" + user,
                DocumentType.PIN_CHOSEN,
                new PinChosenBody(user, hash, Instant.parse("2026-11-21T15:00:00Z")));
    }

    public RegisterId register() {
        return new RegisterId(registered.registers().getFirst().id());
    }

    /** Two lines, one with a core deposit, taxed at 16 %, paid with a note that asks for change. */
    public Sale cashSaleOf(UUID part, long quantity) {
        Tax tax = Tax.of(TaxClass.GENERAL, TaxRegion.STANDARD, Tax.OBJECT);
        SaleLine first = line(SaleLine.Kind.PART, part, "FRI", "7974-D1045", 48_900, quantity, tax);
        SaleLine second = line(SaleLine.Kind.PART, UUID.randomUUID(), "ALT", "23-11254", 325_000, 1, tax);
        SaleLine core =
                line(SaleLine.Kind.CORE_DEPOSIT, second.part().value(), "ALT", "23-11254", 60_000, 1, Tax.none());
        List<SaleLine> lines = List.of(first, second, core);
        Totals totals = Totals.of(lines);
        Money handed = Money.mxn((totals.total().minor() / 50_000 + 1) * 50_000);
        return new Sale(
                UUID.randomUUID(),
                id,
                register(),
                UUID.randomUUID(),
                new UserId(UUID.randomUUID()),
                "Marta Hernández",
                new Folio(registered.registers().getFirst().prefix(), ++folio),
                InvoiceCode.random(RANDOM),
                Instant.parse("2026-11-21T18:00:00Z").plusSeconds(folio),
                LocalDate.of(2026, 11, 21),
                new Issuer("EKU9003173C9", "ESCUELA KEMPER URGATE", "601", "72000"),
                FiscalState.PENDING,
                7,
                lines,
                List.of(new Tender(UUID.randomUUID(), Tender.Kind.CASH, totals.total(), handed, "")),
                totals);
    }

    private static SaleLine line(
            SaleLine.Kind kind, UUID part, String lineCode, String number, long price, long quantity, Tax tax) {
        Price charged = new Price(Money.mxn(price), true);
        Quantity pieces = Quantity.of(quantity);
        return new SaleLine(
                UUID.randomUUID(),
                kind,
                new PartId(part),
                new LineCode(lineCode),
                new PartNumber(number),
                "Balata delantera cerámica ñ €",
                "JGO",
                pieces,
                charged,
                charged,
                LineAmounts.of(charged, pieces, Money.mxn(0), tax),
                tax,
                "25172504",
                "H87",
                new UserId(UUID.randomUUID()),
                "Marta Hernández",
                "",
                null,
                null);
    }

    public static Frame frame(List<Document> documents) {
        return new Frame(0, documents);
    }

    public static Frame frame(Document... documents) {
        return new Frame(0, List.of(documents));
    }

    public static <T> T done(Outcome<T> outcome) {
        return outcome.fold(value -> value, refusal -> {
            throw new AssertionError("refused: " + refusal);
        });
    }

    public static String refused(Outcome<?> outcome) {
        return outcome.fold(
                value -> {
                    throw new AssertionError("not refused: " + value);
                },
                refusal -> refusal.code());
    }
}
