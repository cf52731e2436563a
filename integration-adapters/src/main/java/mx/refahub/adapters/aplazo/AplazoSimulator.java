package mx.refahub.adapters.aplazo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import mx.refahub.domain.outside.OutsideSimulator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Aplazo on this machine, with nobody at the phone: a loan of an amount that ends in .01 is denied, one in .02 expires, any other is approved at the second look, unless
 * a test answers for the customer. One cart is lent to once, one key gives back once.
 */
public final class AplazoSimulator implements OutsideSimulator {
    public static final String MERCHANT = "1234";
    public static final String TOKEN = "token-de-prueba";
    private static final String SESSION = "sesion-de-prueba";
    private static final long SLOW_NANOS = 1_500_000_000;
    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final int LOANS = "/api/pos/loan/".length();

    /** What it does to the next call of a path instead of answering well. */
    public enum Fault {
        SLOW,
        TOO_MANY,
        TROUBLE,
        /** Does what it was asked, then hangs up. */
        LOST,
        /** Does nothing and hangs up. */
        CUT,
        /** The request comes twice. */
        TWICE
    }

    private static final class Loan {
        private final String id;
        private final BigDecimal total;
        private String status = "REQUESTED";
        private BigDecimal back = BigDecimal.ZERO;
        private int looks;

        Loan(String id, BigDecimal total) {
            this.id = id;
            this.total = total;
        }
    }

    private record Mood(Fault fault, String path) {}

    private record Reply(int status, JsonNode body) {}

    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<String, Loan> loans = new LinkedHashMap<>();
    private final Set<String> refunds = new HashSet<>();
    private final Deque<Mood> moods = new ArrayDeque<>();
    private boolean manned;
    private int number = 70_000;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    @Override
    public String kind() {
        return Aplazo.KIND;
    }

    @Override
    public URI start(int port) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();
        made.setExecutor(pool);
        made.createContext("/", this::serve);
        made.start();
        server = made;
        threads = pool;
        return URI.create("http://127.0.0.1:" + made.getAddress().getPort());
    }

    @Override
    public void close() {
        if (server != null) server.stop(0);
        if (threads != null) threads.close();
    }

    /** The next call whose path begins so goes wrong. */
    public synchronized void misbehave(Fault fault, String path) {
        moods.add(new Mood(fault, path));
    }

    /** From now on nobody says yes by themselves. */
    public synchronized void manned() {
        manned = true;
    }

    /** The customer, or the lender, decides. @param status as Aplazo writes it */
    public synchronized void say(String cart, String status) {
        Loan loan = loans.get(cart);
        if (loan == null) throw new IllegalArgumentException("no loan of cart " + cart);
        loan.status = status;
    }

    /** How many loans were ever made. */
    public synchronized int made() {
        return loans.size();
    }

    /** What is lent now, what was given back taken off. */
    public synchronized BigDecimal lent() {
        return loans.values().stream()
                .filter(loan -> loan.status.equals("OUTSTANDING"))
                .map(loan -> loan.total.subtract(loan.back))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getRawPath();
        Fault fault = fault(path);
        if (fault == Fault.CUT) {
            exchange.close();
            return;
        }
        if (fault == Fault.SLOW) LockSupport.parkNanos(SLOW_NANOS);
        JsonNode body = bytes.length == 0 ? json.missingNode() : json.readTree(bytes);
        Reply reply = fault == Fault.TOO_MANY
                ? said(429, "too many requests")
                : fault == Fault.TROUBLE ? said(500, "internal error") : done(exchange, path, body);
        if (fault == Fault.TWICE) reply = done(exchange, path, body);
        if (fault == Fault.LOST) {
            exchange.close();
            return;
        }
        byte[] out = json.writeValueAsBytes(reply.body());
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), out.length);
        exchange.getResponseBody().write(out);
        exchange.close();
    }

    private synchronized @Nullable Fault fault(String path) {
        for (Mood mood : moods)
            if (path.startsWith(mood.path())) {
                moods.remove(mood);
                return mood.fault();
            }
        return null;
    }

    private synchronized Reply done(HttpExchange exchange, String path, JsonNode body) {
        if (path.equals("/api/auth")) {
            if (!body.path("apiToken").asString("").equals(TOKEN)
                    || !body.path("merchantId").asString("").equals(MERCHANT)) return said(401, "unknown merchant");
            return new Reply(200, json.createObjectNode().put("Authorization", "Bearer " + SESSION));
        }
        boolean in = ("Bearer " + SESSION).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && MERCHANT.equals(exchange.getRequestHeaders().getFirst("merchant_id"))
                && TOKEN.equals(exchange.getRequestHeaders().getFirst("api_token"));
        if (!in) return said(401, "not signed in");
        String cart = body.path("cartId").asString("");
        return switch (exchange.getRequestMethod() + " " + path) {
            case "POST /api/loan" -> lend(cart, body);
            case "POST /api/pos/loan/cancel" -> cancel(cart);
            case "POST /api/pos/loan/refund" ->
                refund(cart, body, String.valueOf(exchange.getRequestHeaders().getFirst("X-Idempotency-Key")));
            default ->
                exchange.getRequestMethod().equals("GET") && path.startsWith("/api/pos/loan/")
                        ? look(path.substring(LOANS))
                        : said(404, "not found");
        };
    }

    private Reply lend(String cart, JsonNode body) {
        if (!body.path("buyer").path("phone").asString("").matches("\\d{10}")) return said(422, "phone");
        BigDecimal total = body.path("totalPrice").decimalValue();
        Loan loan = loans.computeIfAbsent(cart, unused -> new Loan("A" + ++number, total));
        return loan.total.compareTo(total) == 0 ? new Reply(201, shown(loan)) : said(409, "cart differs");
    }

    private Reply look(String cart) {
        ArrayNode all = json.createArrayNode();
        Loan loan = loans.get(cart);
        if (loan != null) {
            loan.looks++;
            if (!manned && loan.status.equals("REQUESTED") && loan.looks > 1) loan.status = fate(loan.total);
            all.add(shown(loan));
        }
        return new Reply(200, all);
    }

    private static String fate(BigDecimal total) {
        BigDecimal cents = total.remainder(BigDecimal.ONE);
        if (cents.compareTo(CENT) == 0) return "REJECTED";
        return cents.compareTo(CENT.add(CENT)) == 0 ? "EXPIRED" : "OUTSTANDING";
    }

    private Reply cancel(String cart) {
        Loan loan = loans.get(cart);
        if (loan == null) return said(404, "no loan");
        if (loan.status.equals("OUTSTANDING")) return said(409, "already lent");
        if (loan.status.equals("REQUESTED")) loan.status = "CANCELLED";
        return new Reply(200, shown(loan));
    }

    /** Without an amount all of what is left. */
    private Reply refund(String cart, JsonNode body, String key) {
        Loan loan = loans.get(cart);
        if (loan == null) return said(404, "no loan");
        ObjectNode answer = json.createObjectNode().put("refundId", "R-" + key);
        if (refunds.contains(key)) return new Reply(200, answer);
        if (!loan.status.equals("OUTSTANDING")) return said(409, "not lent");
        BigDecimal left = loan.total.subtract(loan.back);
        BigDecimal amount = body.has("totalAmount") ? body.path("totalAmount").decimalValue() : left;
        if (amount.signum() <= 0 || amount.compareTo(left) > 0) return said(422, "more than was lent");
        loan.back = loan.back.add(amount);
        if (loan.back.compareTo(loan.total) == 0) loan.status = "REFUNDED";
        refunds.add(key);
        return new Reply(200, answer);
    }

    private ObjectNode shown(Loan loan) {
        return json.createObjectNode().put("loanId", loan.id).put("status", loan.status);
    }

    private Reply said(int status, String message) {
        return new Reply(status, json.createObjectNode().put("message", message));
    }
}
