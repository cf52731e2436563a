package mx.refahub.adapters.sap;

import static mx.refahub.adapters.sap.SapSession.JSON;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.Failure;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.Delivery.Delivered;
import mx.refahub.domain.erp.Delivery.Refused;
import mx.refahub.domain.erp.Delivery.Unreachable;
import mx.refahub.domain.erp.ErpCode;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.Master;
import mx.refahub.domain.erp.NewPart;
import mx.refahub.domain.erp.Posting;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.Connections;
import mx.refahub.domain.outside.Field;
import mx.refahub.domain.outside.OutsideKind;
import mx.refahub.domain.part.Quantity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * SAP Business One by its Service Layer: what a call carries is first looked for by our references in one question, then created in one {@code $batch}.
 * Fields and their sources: docs/erp-sap.md.
 */
public final class SapGateway implements ErpGateway, AutoCloseable {
    static final OutsideKind KIND = new OutsideKind(
            "sap",
            true,
            "",
            NewPart.fieldsAfter(
                    Field.text("company", true, ""),
                    Field.text("user", true, ""),
                    Field.secret("password", true),
                    Field.text("referenceField", false, ""),
                    Field.number("batch", true, "20"),
                    Field.number("patience", true, "30"),
                    Field.text("fingerprint", false, "")));
    private static final int MOST_IN_FILTER = 20;
    private static final int TOO_MANY = 429;

    /** How long to leave alone who asks for it without a time. */
    private static final Duration UNSAID = Duration.ofSeconds(30);

    private final Connections connections;
    private volatile @Nullable SapSession session;

    public SapGateway(Connections connections) {
        this.connections = connections;
    }

    @Override
    public OutsideKind kind() {
        return KIND;
    }

    @Override
    public ErpTarget target() {
        return ErpTarget.SAP;
    }

    @Override
    public boolean isConnected() {
        return !connections.of(KIND.name()).isEmpty();
    }

    @Override
    public int batch() {
        return connections.of(KIND.name()).stream()
                .mapToInt(each -> Math.clamp(each.number("batch"), 1, 100))
                .findFirst()
                .orElse(1);
    }

    @Override
    public Outcome<String> probe(Connection connection) {
        String pin = connection.text("fingerprint");
        if (!pin.isEmpty() && !PinnedCertificate.isFingerprint(pin))
            return Outcome.refused("connection-field-wrong", "fingerprint");
        try (SapSession trial = new SapSession(connection)) {
            trial.login();
            SapSession open = session;
            if (open != null && open.connection().equals(connection)) open.forgetRefusal();
            JsonNode info = trial.ask("CompanyService_GetCompanyInfo");
            return Outcome.done((info.path("CompanyName").asString(connection.text("company")) + ", SAP Business One "
                            + info.path("Version").asString(""))
                    .strip());
        } catch (SapTrouble e) {
            return new Outcome.Refused<>(refusal(e, connection));
        }
    }

    private static Refusal refusal(SapTrouble e, Connection connection) {
        return switch (e.kind()) {
            case LOST, BUSY ->
                e.status() == TOO_MANY
                        ? Refusal.of("outside-busy", seconds(e))
                        : Refusal.of(
                                "outside-unreachable",
                                String.valueOf(connection.address().getHost()),
                                e.reason());
            case SIGNATURE -> Refusal.of("outside-signature");
            case REFUSED -> Refusal.of("outside-refused", e.reason());
            case STRANGE -> Refusal.of("outside-strange", e.reason());
        };
    }

    private static String seconds(SapTrouble e) {
        Duration after = e.after();
        return String.valueOf(after == null ? UNSAID.toSeconds() : after.toSeconds());
    }

    /** Kept between calls while the connection stays as it is: a Service Layer allows few sessions. */
    private SapSession session() throws SapTrouble {
        List<Connection> found = connections.of(KIND.name());
        if (found.isEmpty()) throw new SapTrouble(SapTrouble.Kind.BUSY, "no hay una conexión encendida");
        Connection now = found.getFirst();
        SapSession before = session;
        if (before != null && before.connection().equals(now)) return before;
        if (before != null) before.close();
        SapSession made = new SapSession(now);
        session = made;
        return made;
    }

    @Override
    public synchronized void close() {
        SapSession open = session;
        if (open != null) open.close();
        session = null;
    }

    // What is there

    @Override
    public synchronized List<Refusal> lacks(Wanted wanted) {
        try {
            SapSession sap = session();
            List<Refusal> lacking = new ArrayList<>();
            missing(sap, "ChartOfAccounts", "Code", " and ActiveAccount eq 'tYES'", wanted.accounts())
                    .forEach(each -> lacking.add(Refusal.of("erp-account-unknown", each)));
            missing(sap, "ProfitCenters", "CenterCode", "", wanted.centers())
                    .forEach(each -> lacking.add(Refusal.of("erp-center-unknown", each)));
            for (ErpCode.Kind kind : ErpCode.Kind.values()) {
                Set<String> codes = wanted.codes().stream()
                        .filter(code -> code.kind() == kind)
                        .map(ErpCode::theirs)
                        .collect(Collectors.toCollection(TreeSet::new));
                missing(sap, kind, codes).forEach(each -> lacking.add(Refusal.of("erp-code-unknown", each)));
            }
            return lacking;
        } catch (SapTrouble e) {
            throw e.isPassing() ? Failure.retryable("SAP: " + e.reason(), e) : Failure.rejected("SAP: " + e.reason());
        }
    }

    private static Set<String> missing(SapSession sap, ErpCode.Kind kind, Set<String> codes) throws SapTrouble {
        return switch (kind) {
            case TAX, PURCHASE_TAX -> missing(sap, "SalesTaxCodes", "Code", "", codes);
            case WAREHOUSE -> missing(sap, "Warehouses", "WarehouseCode", "", codes);
            case TENDER -> missing(sap, "ChartOfAccounts", "Code", " and ActiveAccount eq 'tYES'", codes);
            case CUSTOMER -> missing(sap, "BusinessPartners", "CardCode", " and CardType eq 'cCustomer'", codes);
            case SUPPLIER -> missing(sap, "BusinessPartners", "CardCode", " and CardType eq 'cSupplier'", codes);
            case CORE_ITEM, VOUCHER_ITEM, MISC_ITEM -> missing(sap, "Items", "ItemCode", "", codes);
            case PRICE_LIST -> {
                Set<String> lists = codes.stream()
                        .filter(code -> code.matches("\\d{1,6}"))
                        .collect(Collectors.toCollection(TreeSet::new));
                Set<String> missing = new TreeSet<>(codes);
                if (!lists.isEmpty())
                    for (JsonNode row : rows(
                            sap,
                            "PriceLists",
                            "PriceListNo",
                            lists.stream().map(code -> "PriceListNo eq " + code).collect(Collectors.joining(" or "))))
                        missing.remove(row.path("PriceListNo").asString(""));
                yield missing;
            }
        };
    }

    private static Set<String> missing(SapSession sap, String set, String key, String also, Set<String> codes)
            throws SapTrouble {
        Set<String> missing = new TreeSet<>(codes);
        for (List<String> some : pieces(new TreeSet<>(codes)))
            for (JsonNode row : rows(sap, set, key, "(" + anyOf(key, some) + ")" + also))
                missing.remove(row.path(key).asString(""));
        return missing;
    }

    private static String anyOf(String key, Collection<String> values) {
        return values.stream().map(each -> key + " eq " + quoted(each)).collect(Collectors.joining(" or "));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static List<List<String>> pieces(Collection<String> all) {
        List<String> list = List.copyOf(all);
        List<List<String>> pieces = new ArrayList<>();
        for (int i = 0; i < list.size(); i += MOST_IN_FILTER)
            pieces.add(list.subList(i, Math.min(list.size(), i + MOST_IN_FILTER)));
        return pieces;
    }

    /** All pages. */
    private static List<JsonNode> rows(SapSession sap, String set, String select, String filter) throws SapTrouble {
        List<JsonNode> all = new ArrayList<>();
        String path = set + "?$select=" + encoded(select) + "&$filter=" + encoded(filter);
        while (!path.isEmpty()) {
            SapSession.Page page = SapSession.page(sap.get(path));
            all.addAll(page.rows());
            path = page.rows().isEmpty() ? "" : encodedLink(page.next());
        }
        return all;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The way to the next page comes with or without its blanks encoded, and sometimes with the root before it. */
    private static String encodedLink(String next) {
        String link = next.replaceFirst("^.*/b1s/v\\d/", "").replaceFirst("^/", "");
        return link.replace(" ", "%20");
    }

    // Postings

    @Override
    public synchronized List<Delivery> deliver(List<Posting> postings) {
        Map<String, Delivery> known = new HashMap<>();
        Map<Class<?>, List<Posting>> kinds = new LinkedHashMap<>();
        // What a payment settles stands in SAP before it.
        for (Class<?> kind : List.of(
                Posting.Entry.class,
                Posting.Invoice.class,
                Posting.CreditNote.class,
                Posting.Payment.class,
                Posting.Bill.class))
            kinds.put(kind, postings.stream().filter(kind::isInstance).toList());
        for (List<Posting> some : kinds.values()) deliverAlike(some, known);
        return postings.stream()
                .map(each -> known.getOrDefault(each.reference(), new Unreachable("sin respuesta", null)))
                .toList();
    }

    private void deliverAlike(List<Posting> postings, Map<String, Delivery> known) {
        // Payments and suppliers' invoices go out to two sets: received and paid back, invoiced and credited.
        Map<String, List<Posting>> bySet = new LinkedHashMap<>();
        try {
            if (postings.isEmpty()) return;
            SapSession sap = session();
            SapBodies bodies = new SapBodies(sap.connection().text("referenceField"));
            for (Posting each : postings)
                bySet.computeIfAbsent(bodies.place(each).set(), set -> new ArrayList<>())
                        .add(each);
            for (List<Posting> some : bySet.values()) create(sap, bodies, some, known);
        } catch (SapTrouble e) {
            for (Posting each : postings) known.putIfAbsent(each.reference(), delivery(e));
        }
    }

    private static Delivery delivery(SapTrouble e) {
        return switch (e.kind()) {
            case LOST, BUSY -> new Unreachable(e.reason(), e.after());
            case SIGNATURE, STRANGE -> new Unreachable(e.reason(), SapSession.AFTER_SIGNATURE);
            case REFUSED -> new Refused(e.code(), e.reason());
        };
    }

    private void create(SapSession sap, SapBodies bodies, List<Posting> postings, Map<String, Delivery> known)
            throws SapTrouble {
        SapBodies.Place place = bodies.place(postings.getFirst());
        Map<String, String> there = byReference(
                sap, place, postings.stream().map(Posting::reference).toList());
        List<Posting> fresh = new ArrayList<>();
        for (Posting each : postings) {
            String id = there.get(each.reference());
            if (id == null) fresh.add(each);
            else known.put(each.reference(), new Delivered(place.set() + "/" + id, true));
        }
        List<Posting> sent = new ArrayList<>();
        List<SapBatch.Request> requests = new ArrayList<>();
        for (Posting each : fresh) {
            Optional<Map<String, Object>> body = body(sap, bodies, each, known);
            if (body.isEmpty()) continue;
            requests.add(new SapBatch.Request("POST", place.set(), JSON.writeValueAsString(body.get())));
            sent.add(each);
        }
        List<Delivery> answers = batch(sap, requests, place.set(), place.key());
        for (int i = 0; i < sent.size(); i++) known.put(sent.get(i).reference(), answers.get(i));
    }

    private static Map<String, String> byReference(SapSession sap, SapBodies.Place place, List<String> references)
            throws SapTrouble {
        Map<String, String> there = new HashMap<>();
        for (List<String> some : pieces(references))
            for (JsonNode row :
                    rows(sap, place.set(), place.key() + "," + place.reference(), anyOf(place.reference(), some)))
                there.putIfAbsent(
                        row.path(place.reference()).asString(""),
                        row.path(place.key()).asString(""));
        return there;
    }

    /** Empty: what it depends on is not there, and that is told already. */
    private Optional<Map<String, Object>> body(
            SapSession sap, SapBodies bodies, Posting posting, Map<String, Delivery> known) throws SapTrouble {
        return switch (posting) {
            case Posting.Entry entry -> Optional.of(bodies.entry(entry.entry()));
            case Posting.Invoice invoice -> Optional.of(bodies.invoice(invoice));
            case Posting.CreditNote note -> Optional.of(bodies.creditNote(note));
            case Posting.Bill bill -> Optional.of(bodies.bill(bill));
            case Posting.Payment payment -> paymentBody(sap, bodies, payment, known);
        };
    }

    private static Optional<Map<String, Object>> paymentBody(
            SapSession sap, SapBodies bodies, Posting.Payment payment, Map<String, Delivery> known) throws SapTrouble {
        String set = payment.back() ? "CreditNotes" : "Invoices";
        String id = switch (known.get(payment.document())) {
            case Delivered done -> done.outsideId().substring(done.outsideId().indexOf('/') + 1);
            case Unreachable lost -> {
                known.put(payment.reference(), lost);
                yield "";
            }
            case Refused no -> "";
            case null ->
                byReference(
                                sap,
                                new SapBodies.Place(
                                        set,
                                        "DocEntry",
                                        sap.connection().text("referenceField").isEmpty()
                                                ? "NumAtCard"
                                                : sap.connection().text("referenceField")),
                                List.of(payment.document()))
                        .getOrDefault(payment.document(), "");
        };
        if (!id.isEmpty()) return Optional.of(bodies.payment(payment, Long.parseLong(id), payment.back()));
        known.putIfAbsent(
                payment.reference(), new Refused("", "El documento " + payment.document() + " no está en SAP."));
        return Optional.empty();
    }

    /** One outcome for each request. What has no answer of its own may have been done. */
    private static List<Delivery> batch(SapSession sap, List<SapBatch.Request> requests, String set, String key) {
        if (requests.isEmpty()) return List.of();
        Delivery[] outcomes = new Delivery[requests.size()];
        try {
            String boundary = "batch_" + UUID.randomUUID();
            SapSession.Answer answer = sap.send(
                    "POST",
                    "$batch",
                    "multipart/mixed;boundary=" + boundary,
                    SapBatch.write(boundary, sap.rootPath(), requests),
                    "odata.continue-on-error");
            String theirs = SapBatch.boundary(answer.contentType())
                    .orElseThrow(() -> new SapTrouble(SapTrouble.Kind.LOST, "the batch's answer is no batch"));
            int place = 0;
            for (SapBatch.Answer each : SapBatch.read(theirs, answer.body())) {
                place = each.id() > 0 ? each.id() : place + 1;
                if (place <= outcomes.length) outcomes[place - 1] = outcome(each, set, key);
            }
        } catch (SapTrouble e) {
            for (int i = 0; i < outcomes.length; i++) if (outcomes[i] == null) outcomes[i] = delivery(e);
        }
        for (int i = 0; i < outcomes.length; i++)
            if (outcomes[i] == null) outcomes[i] = new Unreachable("la respuesta llegó incompleta", null);
        return List.of(outcomes);
    }

    private static Delivery outcome(SapBatch.Answer answer, String set, String key) {
        int status = answer.status();
        if (status == 204) return new Delivered(set, false);
        if (status / 100 == 2) {
            String id = SapSession.JSON.readTree(answer.body()).path(key).asString("");
            return id.isEmpty() && !key.isEmpty()
                    ? new Unreachable("la respuesta no dice el número", null)
                    : new Delivered(id.isEmpty() ? set : set + "/" + id, false);
        }
        String reason = SapSession.reason(answer.body());
        String said = reason.isEmpty() ? "HTTP " + status : reason;
        if (status == 401 || status == 429 || status / 100 == 5) return new Unreachable(said, null);
        return new Refused(SapSession.code(answer.body()), said);
    }

    // Masters

    @Override
    public synchronized List<Delivery> put(List<? extends Master> masters) {
        try {
            SapSession sap = session();
            Set<String> items = new LinkedHashSet<>();
            Set<String> partners = new LinkedHashSet<>();
            for (Master each : masters) {
                if (each instanceof Master.Part) items.add(each.code());
                if (each instanceof Master.Customer) partners.add(each.code());
            }
            Set<String> newItems = missing(sap, "Items", "ItemCode", "", items);
            Set<String> newPartners = missing(sap, "BusinessPartners", "CardCode", "", partners);
            return batch(
                    sap,
                    masters.stream()
                            .map(each ->
                                    request(each, newItems.contains(each.code()), newPartners.contains(each.code())))
                            .toList(),
                    "",
                    "");
        } catch (SapTrouble e) {
            Delivery all = delivery(e);
            return masters.stream().map(each -> all).toList();
        }
    }

    private static SapBatch.Request request(Master master, boolean newItem, boolean newPartner) {
        return switch (master) {
            case Master.Part part -> request("Items", part.code(), newItem, SapBodies.part(part, newItem));
            case Master.Customer customer ->
                request("BusinessPartners", customer.code(), newPartner, SapBodies.customer(customer, newPartner));
            case Master.Price price -> request("Items", price.code(), false, SapBodies.price(price));
            case Master.Stock stock ->
                new SapBatch.Request("POST", "InventoryPostings", JSON.writeValueAsString(SapBodies.stock(stock)));
        };
    }

    private static SapBatch.Request request(String set, String key, boolean create, Map<String, Object> body) {
        return new SapBatch.Request(
                create ? "POST" : "PATCH",
                create ? set : set + "(" + encoded(quoted(key)) + ")",
                JSON.writeValueAsString(body));
    }

    @Override
    public synchronized Changes changedSince(Master.Kind kind, Set<String> places, String cursor, int most) {
        try {
            return switch (kind) {
                case CUSTOMERS -> customers(session(), cursor, most);
                case PARTS -> parts(session(), cursor, most);
                case STOCK, PRICES -> ofItems(session(), kind, cursor, most);
            };
        } catch (SapTrouble e) {
            throw e.isPassing() ? Failure.retryable("SAP: " + e.reason(), e) : Failure.rejected("SAP: " + e.reason());
        }
    }

    private interface Shape {
        Master of(JsonNode row);
    }

    private static Changes customers(SapSession sap, String cursor, int most) throws SapTrouble {
        return byDay(
                sap,
                "BusinessPartners",
                "CardCode",
                "CardCode,CardName,FederalTaxID,Phone1,EmailAddress,ZipCode,UpdateDate",
                "CardType eq 'cCustomer'",
                cursor,
                most,
                row -> new Master.Customer(
                        row.path("CardCode").asString(""),
                        row.path("CardName").asString(""),
                        row.path("FederalTaxID").asString(""),
                        row.path("Phone1").asString(""),
                        row.path("EmailAddress").asString(""),
                        row.path("ZipCode").asString("")));
    }

    private static Changes parts(SapSession sap, String cursor, int most) throws SapTrouble {
        return byDay(
                sap,
                "Items",
                "ItemCode",
                "ItemCode,ItemName,BarCode,Valid,UpdateDate",
                "ItemType eq 'itItems'",
                cursor,
                most,
                row -> new Master.Part(
                        row.path("ItemCode").asString(""),
                        row.path("ItemName").asString(""),
                        row.path("BarCode").asString(""),
                        "",
                        !row.path("Valid").asString("").equals("tNO")));
    }

    /**
     * What lies in warehouses and what lists ask moves without a day of its own: all items by code, and once they are through, from the first again. The cursor is
     * the last code.
     */
    private static Changes ofItems(SapSession sap, Master.Kind kind, String cursor, int most) throws SapTrouble {
        String rows = kind == Master.Kind.STOCK ? "ItemWarehouseInfoCollection" : "ItemPrices";
        String filter = "ItemType eq 'itItems'" + (cursor.isEmpty() ? "" : " and ItemCode gt " + quoted(cursor));
        SapSession.Page page = SapSession.page(sap.get(
                "Items?$select=" + encoded("ItemCode," + rows) + "&$filter=" + encoded(filter)
                        + "&$orderby=ItemCode&$top=" + most,
                most));
        List<Master> found = new ArrayList<>();
        String last = "";
        for (JsonNode item : page.rows()) {
            String code = item.path("ItemCode").asString("");
            last = code;
            for (JsonNode row : item.path(rows))
                if (kind == Master.Kind.STOCK)
                    found.add(new Master.Stock(
                            code,
                            row.path("WarehouseCode").asString(""),
                            Quantity.of(row.path("InStock")
                                    .decimalValue(BigDecimal.ZERO)
                                    .setScale(3, RoundingMode.HALF_UP))));
                else if (List.of("MXN", "MXP", "$", "")
                        .contains(row.path("Currency").asString("")))
                    found.add(new Master.Price(
                            code,
                            row.path("PriceList").asString(""),
                            Money.rounded(row.path("Price").decimalValue(BigDecimal.ZERO), Money.MXN)));
        }
        boolean more = page.rows().size() == most || !page.next().isEmpty();
        return new Changes(found, more ? last : "", more);
    }

    /** SAP tells the day of a change only: a cursor is a day, and within a day the last code; what is read to its end is read from that day again. */
    private static Changes byDay(
            SapSession sap, String set, String key, String select, String only, String cursor, int most, Shape shape)
            throws SapTrouble {
        String[] at = cursor.split("\\|", 2);
        String filter = only;
        if (at.length == 2)
            filter += " and (UpdateDate gt '" + at[0] + "' or (UpdateDate eq '" + at[0] + "' and " + key + " gt "
                    + quoted(at[1]) + "))";
        else if (!at[0].isEmpty()) filter += " and UpdateDate ge '" + at[0] + "'";
        SapSession.Page page = SapSession.page(sap.get(
                set + "?$select=" + encoded(select) + "&$filter=" + encoded(filter) + "&$orderby="
                        + encoded("UpdateDate," + key) + "&$top=" + most,
                most));
        List<Master> found = new ArrayList<>();
        String day = at[0];
        String code = "";
        for (JsonNode row : page.rows()) {
            code = row.path(key).asString("");
            String changed = row.path("UpdateDate").asString("");
            if (changed.length() >= 10) day = changed.substring(0, 10);
            found.add(shape.of(row));
        }
        boolean more = found.size() == most || !page.next().isEmpty();
        return new Changes(found, more && !found.isEmpty() ? day + "|" + code : day, more && !found.isEmpty());
    }
}
