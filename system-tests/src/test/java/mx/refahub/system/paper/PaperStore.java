package mx.refahub.system.paper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.document.Documents;
import mx.refahub.domain.document.Envelope;
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
import mx.refahub.domain.wire.Heartbeat;
import mx.refahub.domain.wire.LostSaleBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.system.client.Answer;
import mx.refahub.system.client.HttpCaller;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A registered store without a till: it writes a chain of documents, and beats. Its name carries its number. */
public final class PaperStore {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String MARTA = "Marta Hernández";

    private final JsonNode registered;
    private final StoreId id;
    private final KeyPair keys;
    private final HttpCaller http;
    private final UUID register;
    private final UUID session = UUID.randomUUID();
    private final List<UUID> parts = new ArrayList<>();
    private long sequence;
    private Sha256 previous = Sha256.NONE;
    private long folio;

    private PaperStore(JsonNode registered, KeyPair keys, HttpCaller http) {
        this.registered = registered;
        this.id = StoreId.of(registered.path("hub_id").asString());
        this.keys = keys;
        this.http = http;
        this.register =
                UUID.fromString(registered.path("registers").path(0).path("id").asString());
        for (int i = 0; i < 50; i++) parts.add(UUID.randomUUID());
    }

    /** @param administrator signed in at the hub */
    public static PaperStore registered(HttpCaller administrator, int number) throws IOException, InterruptedException {
        KeyPair keys = Documents.keys();
        Map<String, String> application = new TreeMap<>(Map.of(
                "name",
                "Papel " + number,
                "code",
                "PAPEL" + number,
                "address",
                "Av. Reforma 1204, Puebla",
                "postal_code",
                "72000",
                "tax_region",
                "STANDARD",
                "time_zone",
                "America/Mexico_City",
                "public_key",
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
                "cashier_user",
                "papel" + number,
                "cashier_name",
                MARTA));
        JsonNode registered =
                administrator.post("/api/hubs/register/", application).orThrow().json();
        return new PaperStore(
                registered, keys, new HttpCaller(administrator.base().toString()));
    }

    public StoreId id() {
        return id;
    }

    public int epoch() {
        return registered.path("epoch").asInt();
    }

    public String slug() {
        return registered.path("slug").asString();
    }

    public String brokerUrl() {
        return registered.path("broker").path("url").asString();
    }

    public String brokerUser() {
        return registered.path("broker").path("user").asString();
    }

    public String brokerPassword() {
        return registered.path("broker").path("password").asString();
    }

    public String hubKey() {
        return registered.path("public_key").asString();
    }

    public long written() {
        return sequence;
    }

    /** What a customer asked for and did not get: the smallest document. */
    public Document lostSale() {
        UUID note = UUID.randomUUID();
        return write(
                "lost-sale:" + note,
                DocumentType.LOST_SALE,
                DocumentType.LOST_SALE_SCHEMA,
                new LostSaleBody(
                        note,
                        id.value(),
                        "bomba de agua",
                        "Tsuru 2004",
                        null,
                        "",
                        1_000,
                        "NO_STOCK",
                        "",
                        Instant.now(),
                        UUID.randomUUID(),
                        MARTA));
    }

    /** Two parts and a core deposit, paid in cash: what most tickets of a shop weigh. */
    public Document sale() {
        Tax tax = Tax.of(TaxClass.GENERAL, TaxRegion.STANDARD, Tax.OBJECT);
        SaleLine second = line(SaleLine.Kind.PART, part(), "ALT", "23-11254", 325_000, tax);
        List<SaleLine> lines = List.of(
                line(SaleLine.Kind.PART, part(), "FRI", "7974-D1045", 48_900, tax),
                second,
                line(SaleLine.Kind.CORE_DEPOSIT, second.part().value(), "ALT", "23-11254", 60_000, Tax.none()));
        Totals totals = Totals.of(lines);
        Sale sale = new Sale(
                UUID.randomUUID(),
                id,
                new RegisterId(register),
                session,
                new UserId(UUID.randomUUID()),
                MARTA,
                new Folio(registered.path("registers").path(0).path("prefix").asString(), ++folio),
                InvoiceCode.random(RANDOM),
                Instant.now(),
                LocalDate.now(java.time.ZoneOffset.UTC),
                new Issuer("EKU9003173C9", "ESCUELA KEMPER URGATE", "601", "72000"),
                FiscalState.PENDING,
                1,
                lines,
                List.of(new Tender(
                        UUID.randomUUID(),
                        Tender.Kind.CASH,
                        totals.total(),
                        Money.mxn((totals.total().minor() / 50_000 + 1) * 50_000),
                        "")),
                totals);
        return write("sale:" + sale.id(), DocumentType.SALE, DocumentType.SALE_SCHEMA, SaleBody.of(sale));
    }

    private UUID part() {
        return parts.get(RANDOM.nextInt(parts.size()));
    }

    private static SaleLine line(SaleLine.Kind kind, UUID part, String lineCode, String number, long price, Tax tax) {
        Price charged = new Price(Money.mxn(price), true);
        Quantity one = Quantity.of(1);
        return new SaleLine(
                UUID.randomUUID(),
                kind,
                new PartId(part),
                new LineCode(lineCode),
                new PartNumber(number),
                "Balata delantera cerámica",
                "JGO",
                one,
                charged,
                charged,
                LineAmounts.of(charged, one, Money.mxn(0), tax),
                tax,
                "25172504",
                "H87",
                new UserId(UUID.randomUUID()),
                MARTA,
                "",
                null,
                null);
    }

    private Document write(String key, String type, int schema, Object body) {
        Envelope envelope = new Envelope(
                UUID.randomUUID(), id, epoch(), ++sequence, key, type, schema, Instant.now(), List.of(), previous);
        Document document = Document.seal(
                envelope, JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8), keys.getPrivate());
        previous = document.hash();
        return document;
    }

    /** Takes a token of its own the first time. */
    public Answer beat(long acknowledged) throws IOException, InterruptedException {
        if (http.token() == null)
            http.bearer(http.post(
                            "/api/auth/store/",
                            Map.of(
                                    "hub_id",
                                    id.toString(),
                                    "secret",
                                    registered.path("secret").asString()))
                    .orThrow()
                    .json()
                    .path("access")
                    .asString());
        return http.post(
                "/api/hubs/heartbeat/",
                new Heartbeat(
                        Heartbeat.TYPE,
                        Instant.now(),
                        "bench",
                        epoch(),
                        sequence,
                        sequence,
                        acknowledged,
                        Map.of("prices", 1L, "catalogue", 1L, "stock", 1L),
                        100_000_000_000L,
                        "READY",
                        null,
                        null,
                        null));
    }
}
