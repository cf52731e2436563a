package mx.refahub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every route that the two running applications answer, as their own mappings name them, against what access-matrix.csv says. A route without a
 * row fails, a row without a route fails. Which role may what is tested over the real chain in pos-web.
 */
@ExtendWith(OneShop.class)
class AccessMatrixTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Path MATRIX = Path.of("src/test/resources/access-matrix.csv");
    /** {@code -Dshop.patience=600}, in seconds, on a machine that has much else to do. */
    private static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("shop.patience", 60));

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final Shop shop;

    AccessMatrixTest(Shop shop) {
        this.shop = shop;
    }

    @Test
    void every_route_of_the_hub_lets_in_whom_the_matrix_says() throws IOException, InterruptedException {
        check("hub", shop.hubAddress());
    }

    @Test
    void every_route_of_the_store_lets_in_whom_the_matrix_says() throws IOException, InterruptedException {
        check("store", shop.storeAddress());
    }

    private void check(String process, String address) throws IOException, InterruptedException {
        Map<String, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(MATRIX, StandardCharsets.UTF_8)) {
            String[] cells = line.split(",");
            if (cells[0].equals(process)) rows.put(cells[1] + " " + cells[2], cells[3]);
        }
        List<String> routes = routes(address);
        assertThat(rows.keySet()).as("rows of " + process).containsExactlyInAnyOrderElementsOf(routes);
        Map<String, String> found = new TreeMap<>();
        for (String route : routes) found.put(route, withoutSignIn(address, route));
        assertThat(found.entrySet()).containsExactlyInAnyOrderElementsOf(rows.entrySet());
    }

    /** As {@code METHOD /pattern}, once each, by the application's own account. */
    private List<String> routes(String address) throws IOException, InterruptedException {
        List<String> routes = new ArrayList<>();
        JsonNode contexts = JSON.readTree(http.send(
                                HttpRequest.newBuilder(URI.create(address + "/actuator/mappings"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body())
                .path("contexts");
        for (JsonNode context : contexts)
            for (JsonNode mapping :
                    context.path("mappings").path("dispatcherServlets").path("dispatcherServlet")) {
                JsonNode conditions = mapping.path("details").path("requestMappingConditions");
                for (JsonNode pattern : conditions.path("patterns"))
                    for (JsonNode method : conditions.path("methods")) {
                        String route = method.asString() + " " + pattern.asString();
                        if (!routes.contains(route)) routes.add(route);
                    }
            }
        assertThat(routes).hasSizeGreaterThan(15);
        return routes;
    }

    /** What a stranger is told: {@code open}, {@code closed} (401 or 403), or {@code hidden}, as if there were no such address. */
    private String withoutSignIn(String address, String route) throws IOException, InterruptedException {
        String[] parts = route.split(" ", 2);
        String path = parts[1].replace("{*path}", "x")
                .replace("/**", "/x")
                .replaceAll("\\{(version|run)}", "1")
                .replaceAll("\\{[a-zA-Z]+}", UUID.randomUUID().toString());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
        if (parts[0].equals("GET")) request.GET();
        else
            request.header("Content-Type", "application/json")
                    .header("X-CSRF-TOKEN", token(address))
                    .method(parts[0], BodyPublishers.ofString("{}"));
        HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            return switch (answer.statusCode()) {
                // A wrong secret is told so by a call that is open to who has the right one.
                case 401, 403 -> text(body).contains("\"store-unknown\"") ? "open" : "closed";
                case 404 -> text(body).contains("\"not-found\"") ? "hidden" : "open";
                case 500 -> "broken";
                default -> "open";
            };
        }
    }

    private static String text(InputStream body) throws IOException {
        return new String(body.readNBytes(10_000), StandardCharsets.UTF_8);
    }

    /** A stranger who has the page also has its token: what keeps him out must be that he has not signed in. */
    private String token(String address) throws IOException, InterruptedException {
        String session = address.equals(shop.hubAddress()) ? "/console/api/session" : "/pos/api/session";
        return JSON.readTree(http.send(
                                HttpRequest.newBuilder(URI.create(address + session))
                                        .build(),
                                BodyHandlers.ofString())
                        .body())
                .path("csrf")
                .asString("");
    }
}
