package mx.refahub.pos.desk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.store.Role;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The desk as a process under test, and browsers in front of it. */
public final class Desk implements AutoCloseable {
    public static final UUID CAJA_1 = DeskStore.CAJA_1.value();
    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final String address;

    private Desk(ConfigurableApplicationContext context) {
        this.context = context;
        this.address = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    public static Desk open(String... arguments) {
        return open(List.of(DeskApplication.class), arguments);
    }

    public static Desk open(List<Class<?>> sources, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--server.port=0");
        return new Desk(DeskApplication.start(sources, all.toArray(String[]::new)));
    }

    public <T> T part(Class<T> type) {
        return type.isInstance(context) ? type.cast(context) : context.getBean(type);
    }

    public Browser browser() {
        return new Browser();
    }

    /** A browser in which a person of this role has signed in. */
    public Browser signedIn(Role role) {
        Browser browser = browser();
        browser.token();
        String user = switch (role) {
            case CASHIER -> "marta";
            case MANAGER -> "toño";
            case WAREHOUSE -> "beto";
            case ACCOUNTANT -> "conta";
            case MECHANIC -> "chava";
            case ADMIN -> "admin";
        };
        Answer answer =
                browser.post("/pos/api/session", "{\"user\":\"%s\",\"pin\":\"%s\"}".formatted(user, DeskStore.PIN));
        if (answer.status() != 200) throw new IllegalStateException("sign-in of " + user + ": " + answer);
        return browser;
    }

    @Override
    public void close() {
        context.close();
    }

    public record Answer(int status, HttpResponse<String> response) {
        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String code() {
            return json().path("code").asString("");
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        @Override
        public String toString() {
            return status + " " + response.uri().getPath() + " " + response.body();
        }
    }

    /** Keeps cookies and the token as a page does. */
    public final class Browser {
        private final CookieManager cookies = new CookieManager();
        private final HttpClient client =
                HttpClient.newBuilder().cookieHandler(cookies).build();
        private String csrf = "";
        private String language = "es-MX";
        private String bearer = "";
        private String form = "";

        public Browser speaking(String languages) {
            language = languages;
            return this;
        }

        public Browser withToken(String token) {
            bearer = token;
            return this;
        }

        /** Sends a form with files, as a browser does. */
        public Answer form(String path, String field, String file, String content) {
            String boundary = "----refahub";
            String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\""
                    + file + "\"\r\nContent-Type: text/csv\r\n\r\n" + content + "\r\n--" + boundary + "--\r\n";
            form = "multipart/form-data; boundary=" + boundary;
            try {
                return send("POST", path, body);
            } finally {
                form = "";
            }
        }

        /** Gets itself a session and its token. */
        public Browser token() {
            get("/pos/api/session");
            return this;
        }

        public Browser forgetToken() {
            csrf = "";
            return this;
        }

        public String session() {
            return cookies.getCookieStore().getCookies().stream()
                    .filter(cookie -> cookie.getName().equals("refahub-pos"))
                    .map(cookie -> cookie.getValue())
                    .findFirst()
                    .orElse("");
        }

        public Answer get(String path) {
            return send("GET", path, null);
        }

        public Answer post(String path, String body) {
            return send("POST", path, body);
        }

        public Answer put(String path, String body) {
            return send("PUT", path, body);
        }

        public Answer delete(String path) {
            return send("DELETE", path, null);
        }

        public Answer send(String method, String path, String body) {
            try {
                HttpResponse<String> response = client.send(request(method, path, body), BodyHandlers.ofString());
                Answer answer = new Answer(response.statusCode(), response);
                if (answer.status() == 200 && path.matches("/(pos|console)/api/session.*|/api/setup"))
                    csrf = answer.json().path("csrf").asString(csrf);
                return answer;
            } catch (IOException e) {
                throw new UncheckedIOException(path, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /** Only the status; a stream that never ends is left at its head. */
        public int status(String method, String path, String body) {
            try {
                HttpResponse<InputStream> response = stream(method, path, body);
                response.body().close();
                return response.statusCode();
            } catch (IOException e) {
                throw new UncheckedIOException(path, e);
            }
        }

        public HttpResponse<InputStream> stream(String method, String path, String body) {
            try {
                return client.send(request(method, path, body), BodyHandlers.ofInputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(path, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private HttpRequest request(String method, String path, String body) {
            HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(address + path))
                    .timeout(Duration.ofSeconds(60))
                    .header("Accept-Language", language)
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            if (body != null) builder.header("Content-Type", form.isEmpty() ? "application/json" : form);
            if (!csrf.isEmpty() && !method.equals("GET")) builder.header("X-CSRF-TOKEN", csrf);
            if (!bearer.isEmpty()) builder.header("Authorization", "Bearer " + bearer);
            return builder.build();
        }
    }
}
