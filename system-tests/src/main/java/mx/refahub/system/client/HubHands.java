package mx.refahub.system.client;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What an administrator does at the hub, by its API. */
public final class HubHands {
    private final HttpCaller http;

    public HubHands(String address) {
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

    public JsonNode status() throws IOException, InterruptedException {
        return http.get("/api/status").orThrow().json();
    }

    public boolean needsSetup() throws IOException, InterruptedException {
        return http.get("/api/setup").orThrow().json().path("needsSetup").asBoolean();
    }

    /** Makes the first administrator, by the one-time code of the log. */
    public void setUp(String code, String email, String name, String password)
            throws IOException, InterruptedException {
        http.post("/api/setup", Map.of("code", code, "email", email, "name", name, "password", password))
                .orThrow();
    }

    /** Later calls carry the token. @return false if the password is not right */
    public boolean signIn(String email, String password) throws IOException, InterruptedException {
        Answer answer = http.post("/api/auth/login/", Map.of("email", email, "password", password));
        if (answer.status() == 401) return false;
        http.bearer(answer.orThrow().json().path("access").asString());
        return true;
    }

    public OneTimeCode issueCode(String user) throws IOException, InterruptedException {
        JsonNode json =
                http.post("/console/api/codes", Map.of("user", user)).orThrow().json();
        return new OneTimeCode(
                json.path("code").asString(),
                Instant.parse(json.path("expiresAt").asString()));
    }

    /** A person at the tills of the store with this code, by the role's name. */
    public OneTimeCode hire(String user, String name, String role, String storeCode)
            throws IOException, InterruptedException {
        String store = "";
        for (JsonNode each : http.get("/console/api/stores").orThrow().json().path("stores"))
            if (each.path("code").asString().equals(storeCode))
                store = each.path("id").asString();
        JsonNode code = http.post(
                        "/console/api/staff", Map.of("user", user, "name", name, "role", role, "store", store))
                .orThrow()
                .json()
                .path("code");
        return new OneTimeCode(
                code.path("code").asString(),
                Instant.parse(code.path("expiresAt").asString()));
    }

    public record OneTimeCode(String code, Instant expiresAt) {}
}
