package mx.refahub.adapters.sap;

import static mx.refahub.adapters.sap.SapSession.JSON;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mx.refahub.domain.outside.OutsideSimulator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands in for a Service Layer, over real HTTP: sessions, entity sets with {@code $filter}, paging and {@code $batch}, refusals as SAP words them. It keeps
 * what it was given and a log of every effect, does not mind a reference twice (SAP does not either), and misbehaves when told to.
 */
public final class SapSimulator implements OutsideSimulator {
    public static final String COMPANY = "SBODEMOMX";
    public static final String USER = "manager";
    public static final String PASSWORD = "refahub";
    private static final int PAGE = 20;
    private static final Pattern KEYED = Pattern.compile("([A-Za-z]+)\\((?:'((?:[^']|'')*)'|(\\d+))\\)");
    private static final Set<String> VIRTUAL =
            Set.of("ChartOfAccounts", "ProfitCenters", "SalesTaxCodes", "Warehouses");

    /** What goes wrong with the next call that is not a Login. */
    public enum Fault {
        NONE,
        /** Waits longer than the caller, then does it. */
        SLOW,
        /** Too many requests, try in a second. */
        BUSY,
        /** As {@link #BUSY}, in an hour. */
        BUSY_LONG,
        /** Fails before it did anything. */
        BROKEN,
        /** Fails after it did everything. */
        BROKEN_AFTER,
        /** Does everything; the proxy before it says 502. */
        GATEWAY_AFTER,
        /** As {@link #GATEWAY_AFTER}, with 503. */
        AWAY_AFTER,
        /** Does everything, sends head and half of its answer, and then neither more nor an end. */
        STUCK,
        /** Does everything and answers half of it. */
        HALF,
        /** Does everything and hangs up. */
        CUT,
        /** The session is over. */
        EXPIRED
    }

    /** Something that SAP booked. */
    public record Effect(String set, String reference, String id) {}

    private final Deque<Fault> faults = new ConcurrentLinkedDeque<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final Map<String, Map<String, ObjectNode>> sets = new TreeMap<>();
    private final Set<String> unknown = new HashSet<>();
    private final Set<String> sessions = new HashSet<>();
    private Duration slowness = Duration.ofSeconds(5);
    private String today = "2026-11-21";
    private int lastNumber = 100;
    private int logins;
    private String password = PASSWORD;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    @Override
    public String kind() {
        return "sap";
    }

    @Override
    public URI start(int port) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        made.setExecutor(workers);
        made.createContext("/b1s/v1/", this::serve);
        made.start();
        server = made;
        threads = workers;
        return URI.create("http://127.0.0.1:" + made.getAddress().getPort());
    }

    @Override
    public void close() {
        HttpServer running = server;
        if (running != null) running.stop(0);
        ExecutorService workers = threads;
        if (workers != null) workers.shutdownNow();
    }

    // For whoever tests

    public synchronized List<Effect> effects() {
        return List.copyOf(effects);
    }

    /** Method and path of every call, in their order. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    public synchronized int logins() {
        return logins;
    }

    public void misbehave(Fault... next) {
        faults.addAll(List.of(next));
    }

    /** As {@link #misbehave}, after so many calls that go well. */
    public void misbehaveLater(int well, Fault... next) {
        for (int i = 0; i < well; i++) faults.add(Fault.NONE);
        misbehave(next);
    }

    /** How long {@link Fault#SLOW} waits. */
    public synchronized void slowness(Duration wait) {
        slowness = wait;
    }

    /** Accounts, tax codes, warehouses and cost centres are all there but these. */
    public synchronized void lacks(String... codes) {
        unknown.clear();
        unknown.addAll(List.of(codes));
    }

    /** Somebody changed it at SAP. */
    public synchronized void password(String other) {
        password = other;
    }

    /** The day that SAP writes on what changes. */
    public synchronized void today(String day) {
        today = day;
    }

    public synchronized void add(String set, Map<String, String> fields) {
        ObjectNode row = JSON.createObjectNode();
        fields.forEach(row::put);
        keep(set, row);
    }

    /** What stands in a field besides texts: rows of an item's warehouses or prices. */
    public synchronized void put(String set, String key, String field, List<Map<String, Object>> rows) {
        ObjectNode row = sets.getOrDefault(set, Map.of()).get(key);
        if (row == null) throw new IllegalArgumentException("no " + key + " in " + set);
        row.set(field, JSON.valueToTree(rows));
    }

    public synchronized List<JsonNode> rows(String set) {
        return List.copyOf(sets.getOrDefault(set, Map.of()).values());
    }

    // HTTP

    private record Reply(int status, String type, String body, Map<String, String> headers) {
        static Reply json(int status, Object body) {
            return new Reply(status, "application/json;charset=utf-8", JSON.writeValueAsString(body), Map.of());
        }

        static Reply error(int status, int code, String message) {
            return json(
                    status,
                    Map.of("error", Map.of("code", code, "message", Map.of("lang", "en-us", "value", message))));
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getRawPath().substring("/b1s/v1/".length());
            synchronized (this) {
                calls.add(exchange.getRequestMethod() + " " + path);
            }
            if (path.equals("Login")) {
                answer(exchange, login(body), false);
                return;
            }
            Fault fault = faults.poll();
            Reply early = fault == null ? null : instead(fault);
            if (early != null) {
                answer(exchange, early, false);
                return;
            }
            Reply reply = done(exchange, path, body);
            if (fault == Fault.BROKEN_AFTER) reply = Reply.error(500, -2028, "Internal error");
            if (fault == Fault.GATEWAY_AFTER) reply = new Reply(502, "text/html", "Proxy Error", Map.of());
            if (fault == Fault.AWAY_AFTER) reply = new Reply(503, "text/html", "Service Unavailable", Map.of());
            if (fault == Fault.SLOW) pause();
            if (fault != Fault.CUT) answer(exchange, reply, fault == Fault.HALF || fault == Fault.STUCK);
            if (fault == Fault.STUCK) pause();
        }
    }

    private synchronized @Nullable Reply instead(Fault fault) {
        return switch (fault) {
            case BUSY -> new Reply(429, "text/plain", "", Map.of("Retry-After", "1"));
            case BUSY_LONG -> new Reply(429, "text/plain", "", Map.of("Retry-After", "3600"));
            case BROKEN -> Reply.error(500, -2028, "Internal error");
            case EXPIRED -> {
                sessions.clear();
                yield Reply.error(401, 301, "Invalid session or session already timeout.");
            }
            case NONE, SLOW, BROKEN_AFTER, GATEWAY_AFTER, AWAY_AFTER, STUCK, HALF, CUT -> null;
        };
    }

    private void pause() {
        Duration wait;
        synchronized (this) {
            wait = slowness;
        }
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, Reply reply, boolean half) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        if (reply.headers().containsKey("Set-Cookie"))
            exchange.getResponseHeaders().add("Set-Cookie", "ROUTEID=.node1; path=/b1s");
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) exchange.getResponseBody().write(bytes, 0, half ? bytes.length / 2 : bytes.length);
        exchange.getResponseBody().flush();
    }

    private synchronized Reply login(String body) {
        JsonNode sent = JSON.readTree(body);
        if (!sent.path("CompanyDB").asString("").equals(COMPANY)
                || !sent.path("UserName").asString("").equals(USER)
                || !sent.path("Password").asString("").equals(password))
            return Reply.error(401, 100000027, "Login failed");
        logins++;
        String session = UUID.randomUUID().toString();
        sessions.add(session);
        Reply reply = Reply.json(200, Map.of("SessionId", session, "Version", "1000290", "SessionTimeout", 30));
        return new Reply(
                reply.status(),
                reply.type(),
                reply.body(),
                Map.of("Set-Cookie", "B1SESSION=" + session + "; HttpOnly;"));
    }

    private synchronized Reply done(HttpExchange exchange, String path, String body) {
        String cookies = String.join("; ", exchange.getRequestHeaders().getOrDefault("Cookie", List.of()));
        if (sessions.stream().noneMatch(each -> cookies.contains("B1SESSION=" + each)) || !cookies.contains("ROUTEID="))
            return Reply.error(401, 301, "Invalid session or session already timeout.");
        try {
            if (path.equals("$batch"))
                return batch(String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")), body);
            if (exchange.getRequestMethod().equals("GET"))
                return list(path, query(exchange.getRequestURI().getRawQuery()), prefers(exchange));
            return change(exchange.getRequestMethod(), path, body);
        } catch (IllegalArgumentException e) {
            return Reply.error(400, -1000, String.valueOf(e.getMessage()));
        }
    }

    private static int prefers(HttpExchange exchange) {
        String prefer = String.valueOf(exchange.getRequestHeaders().getFirst("Prefer"));
        Matcher page = Pattern.compile("odata\\.maxpagesize=(\\d+)").matcher(prefer);
        return page.find() ? Integer.parseInt(page.group(1)) : PAGE;
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> all = new TreeMap<>();
        if (raw != null)
            for (String each : raw.split("&"))
                all.put(
                        each.split("=", 2)[0].replace("%24", "$"),
                        URLDecoder.decode(each.split("=", 2)[1], StandardCharsets.UTF_8));
        return all;
    }

    // OData

    private Reply batch(String type, String body) {
        String boundary = SapBatch.boundary(type)
                .orElseThrow(() -> new IllegalArgumentException("Content-Type of a $batch: " + type));
        StringBuilder out = new StringBuilder();
        String mark = "batchresponse_" + UUID.randomUUID();
        for (String part : SapBatch.parts(boundary, body)) {
            String set = SapBatch.boundary(SapBatch.head(part))
                    .orElseThrow(() -> new IllegalArgumentException("part without a change set"));
            for (String each : SapBatch.parts(set, SapBatch.tail(part))) out.append(one(mark, each));
        }
        out.append("--").append(mark).append("--\r\n");
        return new Reply(202, "multipart/mixed;boundary=" + mark, out.toString(), Map.of());
    }

    private String one(String mark, String request) {
        String head = SapBatch.head(request);
        String id = head.replaceFirst("(?s).*Content-ID: (\\d+).*", "$1");
        String call = SapBatch.tail(request);
        String[] first = call.lines().findFirst().orElse("").split(" ");
        if (!first[1].startsWith("/b1s/v1/")) throw new IllegalArgumentException("part to " + first[1]);
        Reply reply = change(first[0], first[1].substring("/b1s/v1/".length()), SapBatch.tail(call));
        String http = "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"
                + (reply.status() / 100 == 2 ? "Content-ID: " + id + "\r\n" : "")
                + "\r\nHTTP/1.1 " + reply.status() + (reply.status() / 100 == 2 ? " Created" : " Bad Request")
                + "\r\nContent-Type: application/json;odata=minimalmetadata;charset=utf-8\r\nContent-Length: "
                + reply.body().getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + reply.body() + "\r\n";
        // What was refused stands without a change set around it.
        if (reply.status() / 100 != 2) return "--" + mark + "\r\n" + http;
        String set = "changesetresponse_" + UUID.randomUUID();
        return "--" + mark + "\r\nContent-Type: multipart/mixed;boundary=" + set + "\r\n\r\n--" + set + "\r\n" + http
                + "--" + set + "--\r\n";
    }

    private Reply list(String set, Map<String, String> query, int page) {
        String filter = query.getOrDefault("$filter", "");
        var wanted = SapFilter.of(filter);
        List<ObjectNode> all = new ArrayList<>();
        if (VIRTUAL.contains(set)) {
            String key = key(set);
            for (String code : SapFilter.texts(filter))
                if (!unknown.contains(code) && !code.startsWith("tY"))
                    all.add(JSON.createObjectNode().put(key, code));
        } else {
            for (ObjectNode row : sets.getOrDefault(set, Map.of()).values())
                if (wanted.test(name -> row.path(name).asString(""))) all.add(row);
        }
        for (String by : query.getOrDefault("$orderby", "").split(","))
            if (!by.isEmpty())
                all = all.stream()
                        .sorted((a, b) -> order(query.get("$orderby"), a, b))
                        .toList();
        int skip = Integer.parseInt(query.getOrDefault("$skip", "0"));
        int top = Integer.parseInt(query.getOrDefault("$top", "1000000"));
        List<ObjectNode> rows =
                all.stream().skip(skip).limit(Math.min(page, top)).toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("odata.metadata", "https://localhost:50000/b1s/v1/$metadata#" + set);
        answer.put("value", rows);
        if (skip + rows.size() < Math.min(all.size(), top)) {
            StringBuilder next = new StringBuilder(set + "?");
            query.forEach((name, value) -> {
                if (!name.equals("$skip"))
                    next.append(name).append('=').append(value).append('&');
            });
            answer.put("odata.nextLink", next + "$skip=" + (skip + rows.size()));
        }
        return Reply.json(200, answer);
    }

    private static int order(@Nullable String fields, JsonNode one, JsonNode other) {
        for (String field : String.valueOf(fields).split(",")) {
            int difference =
                    one.path(field).asString("").compareTo(other.path(field).asString(""));
            if (difference != 0) return difference;
        }
        return 0;
    }

    private Reply change(String method, String path, String body) {
        if (path.equals("CompanyService_GetCompanyInfo"))
            return Reply.json(200, Map.of("CompanyName", "Refaccionaria Demo", "Version", "1000290"));
        ObjectNode sent = (ObjectNode) JSON.readTree(body.isBlank() ? "{}" : body);
        String decoded = URLDecoder.decode(path, StandardCharsets.UTF_8);
        Matcher keyed = KEYED.matcher(decoded);
        if (method.equals("PATCH") && keyed.matches()) {
            String code =
                    keyed.group(2) == null ? keyed.group(3) : keyed.group(2).replace("''", "'");
            ObjectNode row = sets.getOrDefault(keyed.group(1), Map.of()).get(code);
            if (row == null) return Reply.error(404, -2028, "No matching records found (ODBC -2028)");
            row.setAll(sent);
            row.put("UpdateDate", today);
            effects.add(new Effect(keyed.group(1), code, code));
            return new Reply(204, "application/json", "", Map.of());
        }
        if (!method.equals("POST")) return Reply.error(400, -1000, method + " " + path);
        String wrong = wrong(path, sent);
        if (!wrong.isEmpty()) return Reply.error(400, -5002, wrong);
        ObjectNode row = keep(path, sent);
        String id = row.path(key(path)).asString("");
        effects.add(new Effect(path, reference(path, sent), id));
        return Reply.json(201, row);
    }

    private ObjectNode keep(String set, ObjectNode row) {
        String key = key(set);
        if (!row.has(key)) row.put(key, ++lastNumber);
        if (!row.has("UpdateDate")) row.put("UpdateDate", today);
        sets.computeIfAbsent(set, name -> new LinkedHashMap<>())
                .put(row.path(key).asString(""), row);
        return row;
    }

    private static String key(String set) {
        return switch (set) {
            case "JournalEntries" -> "JdtNum";
            case "Invoices",
                    "CreditNotes",
                    "PurchaseInvoices",
                    "PurchaseCreditNotes",
                    "IncomingPayments",
                    "VendorPayments",
                    "InventoryPostings" -> "DocEntry";
            case "Items" -> "ItemCode";
            case "BusinessPartners" -> "CardCode";
            case "PriceLists" -> "PriceListNo";
            case "ChartOfAccounts", "SalesTaxCodes" -> "Code";
            case "ProfitCenters" -> "CenterCode";
            case "Warehouses" -> "WarehouseCode";
            default -> throw new IllegalArgumentException("Unrecognized resource path: " + set);
        };
    }

    private static String reference(String set, JsonNode sent) {
        return switch (set) {
            case "JournalEntries" ->
                sent.path("Reference").asString(sent.path("U_RefahubRef").asString(""));
            case "Invoices", "CreditNotes", "PurchaseInvoices", "PurchaseCreditNotes" ->
                sent.path("NumAtCard").asString(sent.path("U_RefahubRef").asString(""));
            case "IncomingPayments", "VendorPayments" ->
                sent.path("Remarks").asString(sent.path("U_RefahubRef").asString(""));
            default -> sent.path(key(set)).asString("");
        };
    }

    /** What SAP would say to it; empty: it takes it. */
    private String wrong(String set, JsonNode sent) {
        switch (set) {
            case "JournalEntries" -> {
                BigDecimal balance = BigDecimal.ZERO;
                for (JsonNode line : sent.path("JournalEntryLines")) {
                    String account = line.path("AccountCode").asString("");
                    if (account.isEmpty() || unknown.contains(account)) return "Invalid account code '" + account + "'";
                    balance = balance.add(line.path("Debit").decimalValue())
                            .subtract(line.path("Credit").decimalValue());
                }
                return balance.signum() == 0 ? "" : "Unbalanced Transaction";
            }
            case "Invoices", "CreditNotes", "PurchaseInvoices", "PurchaseCreditNotes" -> {
                if (sent.path("CardCode").asString("").isEmpty()) return "Business partner is missing";
                for (JsonNode line : sent.path("DocumentLines")) {
                    String item = line.path("ItemCode").asString("");
                    if (unknown.contains(item)) return "Item '" + item + "' does not exist";
                    String tax = line.path("TaxCode").asString("");
                    if (unknown.contains(tax)) return "Tax code '" + tax + "' not defined";
                }
                return sent.path("DocumentLines").isEmpty() ? "Cannot add document without rows" : "";
            }
            case "IncomingPayments", "VendorPayments" -> {
                String owed = set.equals("IncomingPayments") ? "Invoices" : "CreditNotes";
                for (JsonNode each : sent.path("PaymentInvoices"))
                    if (!sets.getOrDefault(owed, Map.of())
                            .containsKey(each.path("DocEntry").asString("")))
                        return "Document to be paid does not exist";
                return "";
            }
            case "Items", "BusinessPartners" -> {
                String code = sent.path(key(set)).asString("");
                if (code.isEmpty()) return "Code is missing";
                return sets.getOrDefault(set, Map.of()).containsKey(code) ? "This entry already exists" : "";
            }
            default -> {
                return "";
            }
        }
    }
}
