package mx.refahub.system.client;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What a cashier does at a till, by the calls that the page makes. */
public final class TillHands {
    private final HttpCaller http;

    public TillHands(String address) {
        this.http = new HttpCaller(address);
    }

    public HttpCaller http() {
        return http;
    }

    public boolean isUp() throws InterruptedException {
        try {
            return http.get("/api/v1/health").isOk();
        } catch (IOException e) {
            return false;
        }
    }

    public boolean needsSetup() throws IOException, InterruptedException {
        return http.get("/api/setup").orThrow().json().path("needed").asBoolean();
    }

    public void setUp(Map<String, String> registration) throws IOException, InterruptedException {
        http.post("/api/setup", registration).orThrow();
    }

    public void signIn(String user, String pin) throws IOException, InterruptedException {
        enter("/pos/api/session", Map.of("user", user, "pin", pin));
    }

    public void redeem(String user, String code, String pin) throws IOException, InterruptedException {
        enter("/pos/api/session/redeem", Map.of("user", user, "code", code, "pin", pin));
    }

    private void enter(String path, Map<String, String> secret) throws IOException, InterruptedException {
        csrf(http.get("/pos/api/session").orThrow());
        csrf(http.post(path, secret).orThrow());
    }

    private void csrf(Answer session) {
        http.csrf(session.json().path("csrf").asString());
    }

    /** Whether this person has no PIN yet; false as well while the till does not know the person. */
    public boolean needsCode(String user) throws IOException, InterruptedException {
        for (JsonNode person : http.get("/pos/api/people").orThrow().json().path("people"))
            if (person.path("user").asString().equals(user))
                return person.path("needsCode").asBoolean();
        return false;
    }

    public String firstRegister() throws IOException, InterruptedException {
        return http.get("/pos/api/registers")
                .orThrow()
                .json()
                .path("registers")
                .get(0)
                .path("id")
                .asString();
    }

    public void openDrawer(String register, long centavos) throws IOException, InterruptedException {
        http.post(
                        "/pos/api/registers/" + register + "/sessions",
                        Map.of("id", UUID.randomUUID().toString(), "openingFloat", centavos))
                .orThrow();
    }

    /** An open drawer is left as it is. */
    public void openDrawerOnce(String register, long centavos) throws IOException, InterruptedException {
        for (JsonNode one : http.get("/pos/api/registers").orThrow().json().path("registers"))
            if (one.path("id").asString().equals(register)
                    && !one.path("session").isNull()
                    && !one.path("session").isMissingNode()) return;
        openDrawer(register, centavos);
    }

    /** Counted blind: so many bills of 500 pesos and nothing else, whatever lies there; then closed with this reason for whatever differs. */
    public void closeDrawer(String session, int bills, String reason) throws IOException, InterruptedException {
        String at = "/pos/api/cash/sessions/" + session;
        JsonNode counted = http.post(
                        at + "/count",
                        Map.of(
                                "act", UUID.randomUUID().toString(),
                                "pieces",
                                        List.of(Map.of(
                                                "currency",
                                                "MXN",
                                                "form",
                                                "BILL",
                                                "value",
                                                50_000,
                                                "count",
                                                Integer.toString(bills))),
                                "vouchers", List.of()))
                .orThrow()
                .json();
        List<Map<String, String>> reasons = new ArrayList<>();
        counted.path("tenders").forEach(row -> {
            if (row.path("needsReason").asBoolean())
                reasons.add(Map.of(
                        "tender", row.path("tender").asString(),
                        "currency", row.path("currency").asString(),
                        "reason", reason));
        });
        http.post(at + "/z", Map.of("act", UUID.randomUUID().toString(), "reasons", reasons))
                .orThrow();
    }

    public JsonNode ticketInHand(String register) throws IOException, InterruptedException {
        return http.post("/pos/api/registers/" + register + "/ticket", Map.of())
                .orThrow()
                .json();
    }

    /** The ticket in hand with nothing on it: what somebody left there is taken off first. */
    public String emptyTicket(String register) throws IOException, InterruptedException {
        JsonNode ticket = ticketInHand(register);
        String id = ticket.path("id").asString();
        for (JsonNode line : ticket.path("lines"))
            // What is fixed (a core's deposit) goes with its line.
            if (!line.path("fixed").asBoolean())
                http.delete("/pos/api/tickets/" + id + "/lines/"
                                + line.path("id").asString())
                        .orThrow();
        return id;
    }

    public JsonNode add(String ticket, UUID act, String text, String quantity)
            throws IOException, InterruptedException {
        return http.post(
                        "/pos/api/tickets/" + ticket + "/lines",
                        Map.of("act", act.toString(), "text", text, "quantity", quantity))
                .orThrow()
                .json();
    }

    /** Pays in cash, exactly. @return the sale */
    public Answer payCash(String ticket, long total, long given) throws IOException, InterruptedException {
        return http.post(
                "/pos/api/tickets/" + ticket + "/payment",
                Map.of("total", total, "offers", List.of(Map.of("kind", "CASH", "given", given, "reference", ""))));
    }

    /** Versions of what came down from the hub, and of the index. */
    public JsonNode status() throws IOException, InterruptedException {
        return http.get("/api/status").orThrow().json();
    }

    public JsonNode search(String text) throws IOException, InterruptedException {
        return http.get("/api/v1/catalog/search?limit=10&q=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                .orThrow()
                .json();
    }
}
