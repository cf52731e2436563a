package mx.refahub.adapters.odoo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLStreamException;
import mx.refahub.adapters.odoo.OdooStore.Raised;
import mx.refahub.domain.outside.OutsideSimulator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A database of Odoo in memory, over JSON-2, JSON-RPC and XML-RPC on loopback. Database {@code refahub}, user {@code admin}, key {@code simulador}; journals MISC,
 * INV, CSH1, BNK1, a small chart, taxes 16%, 8%, 0% and Exento, place WH/Stock, price list Public, customer PUBLICO. It can be told to misbehave.
 */
public final class OdooSimulator implements OutsideSimulator {
    public static final String DATABASE = "refahub";
    public static final String LOGIN = "admin";
    public static final String KEY = "simulador";

    public enum Trouble {
        /** Takes the request only after a while. */
        SLOW,
        /** 429; nothing is done. */
        TOO_MANY,
        /** 500 of a proxy; nothing is done. */
        BROKEN,
        /** The request arrives twice; the answer is that of the second. */
        TWICE,
        /** Done; half of the answer arrives. */
        HALF_AN_ANSWER,
        /** Done; no answer arrives. */
        NO_ANSWER,
        /** The key is no longer good. */
        KEY_EXPIRED,
        /** Its rules say no. */
        INVALID
    }

    /** One request. @param reference see {@link Effect} */
    public record Call(String model, String method) {}

    /** Something that changed. @param reference of a move or payment, code of a product; empty for others */
    public record Effect(String model, String method, long id, String reference) {}

    private static final int JSON_2_SINCE = 19;
    private static final long USER = 2;
    private static final int MEXICO = 156;
    private static final int OK = 200;

    private final int version;
    private final OdooStore store;
    private final List<Planned> planned = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Duration slowness = Duration.ofSeconds(2);
    private @Nullable HttpServer server;
    private int working;

    /** @param after this many requests more that fit are left alone */
    private static final class Planned {
        private final Trouble trouble;
        private final String model;
        private final String method;
        private int after;
        private int times;

        Planned(Trouble trouble, String model, String method, int after, int times) {
            this.trouble = trouble;
            this.model = model;
            this.method = method;
            this.after = after;
            this.times = times;
        }
    }

    /** Of the newest version that is known here. */
    public OdooSimulator() {
        this(JSON_2_SINCE, InstantSource.system());
    }

    public OdooSimulator(int version, InstantSource clock) {
        this.version = version;
        store = new OdooStore(version, clock);
        prepare();
    }

    @Override
    public String kind() {
        return "odoo";
    }

    @Override
    public URI start(int port) throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        started.setExecutor(threads);
        started.createContext("/", this::handle);
        started.start();
        server = started;
        return URI.create("http://localhost:" + started.getAddress().getPort());
    }

    @Override
    public void close() {
        closing.countDown();
        HttpServer started = server;
        if (started != null) started.stop(0);
        threads.shutdownNow();
    }

    /** The next requests of this model and method, or of any where they are {@code *}. */
    public void misbehave(Trouble trouble, String model, String method, int times) {
        misbehave(trouble, model, method, 0, times);
    }

    /** As above, after so many that go well. */
    public synchronized void misbehave(Trouble trouble, String model, String method, int after, int times) {
        planned.add(new Planned(trouble, model, method, after, times));
    }

    public synchronized void behave() {
        planned.clear();
    }

    public void slowness(Duration now) {
        slowness = now;
    }

    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    public synchronized List<Effect> log() {
        return store.log().stream()
                .map(each -> new Effect(each.model(), each.method(), each.id(), each.reference()))
                .toList();
    }

    /** Rows as they are kept: links are plain ids. */
    public synchronized List<Map<String, Object>> rows(String model) {
        List<Map<String, Object>> all = new ArrayList<>();
        store.table(model).values().forEach(each -> all.add(new LinkedHashMap<>(each)));
        return all;
    }

    public synchronized long account(String code, String name) {
        return store.insert(OdooModels.ACCOUNT, Map.of("code", code, "name", name));
    }

    /** As somebody who works in Odoo makes it. */
    public synchronized long make(String model, Map<String, ?> values) {
        Object made = store.call(
                model, "create", List.of(), Map.of("vals_list", List.of(values)), Map.of("inventory_mode", true));
        return OdooStore.numbers(made).getFirst();
    }

    /** One more lot of a product at a place, beside what is there. */
    public synchronized void lot(long product, long place, BigDecimal quantity) {
        store.insert(OdooModels.QUANT, Map.of("product_id", product, "location_id", place, "quantity", quantity));
    }

    /** As somebody who works in Odoo changes it. */
    public synchronized void change(String model, long id, Map<String, ?> values) {
        store.call(model, "write", List.of(id), Map.of("vals", values), Map.of());
    }

    /** As somebody who works in Odoo presses a button. */
    public synchronized void press(String model, String method, long id) {
        store.call(model, method, List.of(id), Map.of(), Map.of());
    }

    private void prepare() {
        store.put(OdooModels.CURRENCY, 33, Map.of("name", "MXN"));
        store.put(OdooModels.COMPANY, 1, Map.of("name", "Refaccionaria Simulada SA de CV", "currency_id", 33L));
        store.put(OdooModels.COUNTRY, MEXICO, Map.of("code", "MX", "name", "Mexico"));
        journal("MISC", "Miscellaneous Operations", "general");
        journal("INV", "Customer Invoices", "sale");
        journal("CSH1", "Cash", "cash");
        journal("BNK1", "Bank", "bank");
        journal("BILL", "Vendor Bills", "purchase");
        String[][] chart = {
            {"101.01.01", "Caja"},
            {"102.01.01", "Bancos"},
            {"105.01.01", "Clientes nacionales"},
            {"107.05.01", "Otros deudores"},
            {"205.06.01", "Depósitos por cascos"},
            {"206.01.01", "Anticipos de clientes"},
            {"205.02.01", "Vales de regalo"},
            {"208.01.01", "IVA trasladado cobrado"},
            {"401.01.01", "Ventas 16%"},
            {"401.04.01", "Ventas 0%"},
            {"402.01.01", "Devoluciones"},
            {"402.02.01", "Descuentos"},
            {"403.01.01", "Penalizaciones"},
            {"704.23.01", "Diferencias"}
        };
        for (String[] each : chart) account(each[0], each[1]);
        tax("16%", "16");
        tax("8%", "8");
        tax("0%", "0");
        tax("Exento", "0");
        tax("16% C", "16", "purchase");
        tax("0% C", "0", "purchase");
        store.put(OdooModels.LOCATION, 5, Map.of("name", "Stock", "complete_name", "WH/Stock", "usage", "internal"));
        store.insert(OdooModels.PRICE_LIST, Map.of("name", "Public"));
        store.insert(
                OdooModels.PARTNER,
                Map.of("name", "Público en general", "ref", "PUBLICO", "vat", "XAXX010101000", "customer_rank", 1));
    }

    private void journal(String code, String name, String type) {
        store.insert(OdooModels.JOURNAL, Map.of("code", code, "name", name, "type", type));
    }

    private void tax(String name, String amount) {
        tax(name, amount, "sale");
    }

    private void tax(String name, String amount, String use) {
        store.insert(
                OdooModels.TAX,
                Map.of(
                        "name",
                        name,
                        "amount",
                        new BigDecimal(amount + ".0"),
                        "amount_type",
                        "percent",
                        "type_tax_use",
                        use,
                        "price_include",
                        false,
                        "company_id",
                        1L));
    }

    // The wire.

    private record Asked(
            String model, String method, List<Long> ids, Map<String, Object> arguments, Map<?, ?> context) {}

    private record Said(int status, String type, byte[] body) {}

    private interface Protocol {
        Said value(@Nullable Object value);

        Said raised(Raised raised);
    }

    /** Waits until no request is in work. */
    public synchronized void idle() {
        while (working > 0)
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
    }

    private synchronized void working(int more) {
        working += more;
        notifyAll();
    }

    private void handle(HttpExchange exchange) throws IOException {
        working(1);
        try {
            handled(exchange);
        } finally {
            working(-1);
        }
    }

    private void handled(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/json/2/") && version >= JSON_2_SINCE) json2(exchange, path, body);
            else if (path.equals("/jsonrpc")) jsonRpc(exchange, body);
            else if (path.equals("/xmlrpc/2/common") || path.equals("/xmlrpc/2/object")) xmlRpc(exchange, body);
            else
                say(
                        exchange,
                        new Said(
                                404,
                                "text/html; charset=utf-8",
                                "<!doctype html><title>404 Not Found</title>".getBytes(StandardCharsets.UTF_8)));
        } catch (JacksonException | XMLStreamException | ClassCastException | IndexOutOfBoundsException e) {
            exchange.sendResponseHeaders(400, -1);
        }
    }

    private void json2(HttpExchange exchange, String path, byte[] body) throws IOException {
        Protocol protocol = new Protocol() {
            @Override
            public Said value(@Nullable Object value) {
                return new Said(OK, "application/json; charset=utf-8", Json.bytes(value));
            }

            @Override
            public Said raised(Raised raised) {
                return new Said(status(raised), "application/json; charset=utf-8", Json.bytes(error(raised)));
            }
        };
        if (!("bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            say(exchange, protocol.raised(new Raised("werkzeug.exceptions.Unauthorized", "Invalid apikey")));
            return;
        }
        if (!DATABASE.equals(exchange.getRequestHeaders().getFirst("X-Odoo-Database"))) {
            say(exchange, protocol.raised(new Raised("werkzeug.exceptions.NotFound", "Database not found")));
            return;
        }
        String[] parts = path.split("/", -1);
        Map<String, Object> arguments = new LinkedHashMap<>();
        OdooStore.mapped(Json.read(body)).forEach((key, value) -> arguments.put((String) key, value));
        List<Long> ids = OdooStore.numbers(arguments.remove("ids"));
        Map<?, ?> context = OdooStore.mapped(arguments.remove("context"));
        answer(exchange, protocol, new Asked(parts[3], parts[4], ids, arguments, context));
    }

    private void jsonRpc(HttpExchange exchange, byte[] body) throws IOException {
        Map<?, ?> request = OdooStore.mapped(Json.read(body));
        Map<?, ?> parameters = OdooStore.mapped(request.get("params"));
        Protocol protocol = new Protocol() {
            @Override
            public Said value(@Nullable Object value) {
                Map<String, Object> all = answer();
                all.put("result", value);
                return said(all);
            }

            @Override
            public Said raised(Raised raised) {
                Map<String, Object> error = new LinkedHashMap<>();
                error.put("code", OK);
                error.put("message", "Odoo Server Error");
                error.put("data", error(raised));
                Map<String, Object> all = answer();
                all.put("error", error);
                return said(all);
            }

            private Map<String, Object> answer() {
                Map<String, Object> all = new LinkedHashMap<>();
                all.put("jsonrpc", "2.0");
                all.put("id", request.get("id"));
                return all;
            }

            private Said said(Map<String, Object> all) {
                return new Said(OK, "application/json; charset=utf-8", Json.bytes(all));
            }

            private Map<String, Object> error(Raised raised) {
                return OdooSimulator.error(raised);
            }
        };
        rpc(exchange, protocol, String.valueOf(parameters.get("method")), OdooStore.list(parameters.get("args")));
    }

    private void xmlRpc(HttpExchange exchange, byte[] body) throws IOException, XMLStreamException {
        XmlRpc.Message call = XmlRpc.read(body);
        Protocol protocol = new Protocol() {
            @Override
            public Said value(@Nullable Object value) {
                return new Said(
                        OK,
                        "text/xml; charset=utf-8",
                        value == null
                                ? XmlRpc.fault(
                                        1,
                                        "Traceback (most recent call last):\n  File \"/odoo/rpc.py\", line 1, in xmlrpc_2\nTypeError: cannot marshal None unless allow_none is enabled\n")
                                : XmlRpc.answer(value));
            }

            @Override
            public Said raised(Raised raised) {
                return new Said(
                        OK,
                        "text/xml; charset=utf-8",
                        switch (raised.name()) {
                            case "odoo.exceptions.AccessDenied" -> XmlRpc.fault(3, raised.text());
                            case "odoo.exceptions.AccessError" -> XmlRpc.fault(4, raised.text());
                            case "odoo.exceptions.UserError",
                                    "odoo.exceptions.ValidationError",
                                    "odoo.exceptions.MissingError" -> XmlRpc.fault(2, raised.text());
                            default ->
                                XmlRpc.fault(
                                        1,
                                        "Traceback (most recent call last):\n  File \"/odoo/models.py\", line 1, in create\n"
                                                + raised.name() + ": " + raised.text() + "\n");
                        });
            }
        };
        rpc(exchange, protocol, call.method(), call.values());
    }

    private void rpc(HttpExchange exchange, Protocol protocol, String method, List<?> arguments) throws IOException {
        switch (method) {
            case "version" -> {
                Map<String, Object> said = new LinkedHashMap<>();
                said.put("server_version", version + ".0");
                said.put("server_version_info", Arrays.asList(version, 0, 0, "final", 0, ""));
                said.put("server_serie", version + ".0");
                said.put("protocol_version", 1);
                say(exchange, protocol.value(said));
            }
            case "authenticate", "login" ->
                say(
                        exchange,
                        protocol.value(
                                arguments.subList(0, 3).equals(List.of(DATABASE, LOGIN, KEY)) ? (Object) USER : false));
            default -> {
                if (!arguments.subList(0, 3).equals(List.of(DATABASE, USER, KEY))) {
                    say(exchange, protocol.raised(new Raised("odoo.exceptions.AccessDenied", "Access Denied")));
                    return;
                }
                answer(exchange, protocol, asked(arguments));
            }
        }
    }

    /** Arguments of {@code execute_kw} by the names that the methods give them. */
    private static Asked asked(List<?> arguments) {
        String method = (String) arguments.get(4);
        List<?> byPlace = (List<?>) arguments.get(5);
        Map<String, Object> byName = new LinkedHashMap<>();
        if (arguments.size() > 6)
            OdooStore.mapped(arguments.get(6)).forEach((key, value) -> byName.put((String) key, value));
        Map<?, ?> context = OdooStore.mapped(byName.remove("context"));
        List<Long> ids = List.of();
        switch (method) {
            case "search", "search_read", "search_count" -> byName.put("domain", byPlace.getFirst());
            case "create" -> byName.put("vals_list", byPlace.getFirst());
            default -> {
                ids = OdooStore.numbers(byPlace.getFirst());
                if (method.equals("write")) byName.put("vals", byPlace.get(1));
            }
        }
        return new Asked((String) arguments.get(3), method, ids, byName, context);
    }

    private void answer(HttpExchange exchange, Protocol protocol, Asked asked) throws IOException {
        Trouble trouble = next(asked);
        if (trouble == Trouble.TOO_MANY) {
            exchange.getResponseHeaders().set("Retry-After", "0");
            exchange.sendResponseHeaders(429, -1);
            return;
        }
        if (trouble == Trouble.BROKEN) {
            say(
                    exchange,
                    new Said(
                            500,
                            "text/html",
                            "<html>Internal Server Error</html>".getBytes(StandardCharsets.US_ASCII)));
            return;
        }
        if (trouble == Trouble.SLOW && rests()) return;
        if (trouble == Trouble.KEY_EXPIRED) {
            say(exchange, protocol.raised(new Raised(denied(exchange), "Invalid apikey")));
            return;
        }
        if (trouble == Trouble.INVALID) {
            say(exchange, protocol.raised(new Raised("odoo.exceptions.ValidationError", "The period is locked.")));
            return;
        }
        Said said = done(protocol, asked);
        if (trouble == Trouble.TWICE) said = done(protocol, asked);
        if (trouble == Trouble.NO_ANSWER) return;
        if (trouble == Trouble.HALF_AN_ANSWER) {
            exchange.getResponseHeaders().set("Content-Type", said.type());
            exchange.sendResponseHeaders(said.status(), said.body().length);
            exchange.getResponseBody().write(said.body(), 0, said.body().length / 2);
            exchange.getResponseBody().flush();
            return;
        }
        say(exchange, said);
    }

    private static String denied(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().startsWith("/json/2/")
                ? "werkzeug.exceptions.Unauthorized"
                : "odoo.exceptions.AccessDenied";
    }

    private synchronized Said done(Protocol protocol, Asked asked) {
        try {
            return protocol.value(
                    store.call(asked.model(), asked.method(), asked.ids(), asked.arguments(), asked.context()));
        } catch (Raised e) {
            return protocol.raised(e);
        }
    }

    private synchronized @Nullable Trouble next(Asked asked) {
        calls.add(new Call(asked.model(), asked.method()));
        for (Planned each : planned) {
            if (each.times == 0
                    || !each.model.equals("*") && !each.model.equals(asked.model())
                    || !each.method.equals("*") && !each.method.equals(asked.method())) continue;
            if (each.after > 0) {
                each.after--;
                continue;
            }
            each.times--;
            return each.trouble;
        }
        return null;
    }

    /** @return it closed meanwhile */
    private boolean rests() {
        try {
            return closing.await(slowness.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void say(HttpExchange exchange, Said said) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", said.type());
        exchange.sendResponseHeaders(said.status(), said.body().length);
        try (OutputStream to = exchange.getResponseBody()) {
            to.write(said.body());
        }
    }

    private static Map<String, Object> error(Raised raised) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", raised.name());
        all.put("message", raised.text());
        all.put("arguments", List.of(String.valueOf(raised.text())));
        all.put("context", Map.of());
        all.put(
                "debug",
                "Traceback (most recent call last):\n  File \"/odoo/http.py\", line 1, in dispatch\n" + raised.name()
                        + ": " + raised.text() + "\n");
        return all;
    }

    private static int status(Raised raised) {
        return switch (raised.name()) {
            case "werkzeug.exceptions.Unauthorized" -> 401;
            case "odoo.exceptions.AccessDenied", "odoo.exceptions.AccessError" -> 403;
            case "odoo.exceptions.MissingError", "werkzeug.exceptions.NotFound" -> 404;
            case "odoo.exceptions.UserError", "odoo.exceptions.ValidationError" -> 422;
            default -> 500;
        };
    }
}
