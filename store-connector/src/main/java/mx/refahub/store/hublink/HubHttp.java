package mx.refahub.store.hublink;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartImage;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.Heartbeat;
import mx.refahub.domain.wire.PartImageRow;
import mx.refahub.domain.wire.PinnedKey;
import mx.refahub.domain.wire.StoreTaken;
import mx.refahub.store.identity.Identity;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The hub's HTTP as a store uses it (docs/architecture.md): snake_case at sign-in and registration, as the predecessor's clients know them; the wire records as
 * they are. Every call has time limits. Tokens go in a header, never in an address.
 */
public final class HubHttp implements AutoCloseable {
    private static final int UNAUTHORIZED = 401;
    private static final int LONGEST_ANSWER = 1024 * 1024;
    /** A single document may be larger than a frame should be. */
    private static final int LONGEST_FRAME = 32 * 1024 * 1024;
    /** A token is renewed this long before it ends. */
    private static final long RENEW_SECONDS = 60;

    private final HubSettings settings;
    private final PinnedKey firstContact = PinnedKey.firstContact();
    private final HttpClient newcomer;
    private final Map<String, HttpClient> pinned = new ConcurrentHashMap<>();
    private final JsonMapper json;
    private final JsonMapper snakeCase;
    private final Clock clock;
    private final ScheduledExecutorService watches;
    private @Nullable Token token;

    private record Token(UUID store, String secret, String value, Instant renewAt) {
        /** Never the secrets. */
        @Override
        public String toString() {
            return "Token[" + store + "]";
        }
    }

    public HubHttp(HubSettings settings, JsonMapper json, Clock clock) {
        this.settings = settings;
        this.json = json;
        this.snakeCase = json.rebuild()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        this.clock = clock;
        this.newcomer = client(firstContact);
        this.watches = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("download watch").factory());
    }

    private HttpClient client(PinnedKey key) {
        return HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(key.context())
                .build();
    }

    /** A store knows its hub by the key that it got at registration, and by nothing else. */
    private HttpClient client(Identity identity) {
        return identity.hubAddress().startsWith("https:")
                ? pinned.computeIfAbsent(identity.hubPublicKey(), pem -> client(PinnedKey.of(pem)))
                : newcomer;
    }

    // --- registration, before there is an identity

    /** @return a token for the registration; the password is not kept */
    public String logIn(String hub, String email, String password) throws IOException, InterruptedException {
        return access(hub, Map.of("email", email, "password", password));
    }

    public String activate(String hub, String activationCode) throws IOException, InterruptedException {
        return access(hub, Map.of("activation_code", activationCode));
    }

    private String access(String hub, Map<String, String> body) throws IOException, InterruptedException {
        return snakeCase
                .treeToValue(post(newcomer, hub, "/api/auth/login/", null, body), Access.class)
                .access();
    }

    record Access(String access, long expiresIn) {}

    /** What {@code POST /api/hubs/register/} takes; {@code publicKey}: Ed25519, X.509 DER in base64. */
    public record Application(
            String name,
            String code,
            String address,
            String postalCode,
            String taxRegion,
            String timeZone,
            String publicKey,
            String cashierUser,
            String cashierName,
            int registers) {}

    /** What it answers. */
    public record Registered(
            UUID hubId,
            String slug,
            int epoch,
            long hubEpoch,
            int tunnelPort,
            String tunnelToken,
            String publicKey,
            String secret,
            Broker broker,
            List<Till> registers,
            Cashier cashier) {
        public record Broker(String url, String user, String password) {}

        public record Till(UUID id, String name, String prefix) {}

        public record Cashier(String user, String code, Instant codeExpiresAt) {}
    }

    public Registered register(String hub, String access, Application application)
            throws IOException, InterruptedException {
        Registered registered = snakeCase.treeToValue(
                post(newcomer, hub, "/api/hubs/register/", access, application), Registered.class);
        if (hub.startsWith("https:") && !firstContact.sawOnly(registered.publicKey()))
            throw new IOException(
                    "the hub says that its key is another one than it showed: somebody stands in between");
        return registered;
    }

    /**
     * Becomes the store, by a code or with the console's consent. The answer holds every secret of the new life.
     *
     * @param known this machine's identity, where it is the hub that it knows; null for a first contact
     */
    public StoreTaken.Answer takeLife(String hub, @Nullable Identity known, StoreTaken.Call call)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hub + "/api/hubs/lives"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(call)));
        HttpResponse<InputStream> answer = send(known == null ? newcomer : client(known), request, null);
        try (InputStream in = answer.body()) {
            StoreTaken.Answer taken = read(in, StoreTaken.Answer.class);
            boolean same = known == null
                    ? !hub.startsWith("https:") || firstContact.sawOnly(taken.publicKey())
                    : known.hubPublicKey().equals(taken.publicKey());
            if (!same)
                throw new IOException(
                        "the hub says that its key is another one than it showed: somebody stands in between");
            return taken;
        }
    }

    // --- as a registered store

    /** This store's own documents after a sequence, as a frame's bytes; empty if there are no more. */
    public Optional<byte[]> documents(Identity identity, long after, int most)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = authorized(
                identity,
                HttpRequest.newBuilder(URI.create(
                        identity.hubAddress() + "/api/hubs/lives/documents?after=" + after + "&most=" + most)));
        Optional<InputStream> content = content(answer);
        if (content.isEmpty()) return Optional.empty();
        try (InputStream in = content.get()) {
            return Optional.of(in.readNBytes(LONGEST_FRAME));
        }
    }

    public StoreTaken.CarriedPage carried(Identity identity, long before, long offset)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = authorized(
                identity,
                HttpRequest.newBuilder(URI.create(
                        identity.hubAddress() + "/api/hubs/lives/stock?before=" + before + "&offset=" + offset)));
        try (InputStream in = guarded(answer)) {
            return read(in, StoreTaken.CarriedPage.class);
        }
    }

    /** What lay on the counter of the machine before, as it said it last. */
    public Optional<String> counter(Identity identity) throws IOException, InterruptedException {
        Optional<InputStream> content = content(authorized(
                identity, HttpRequest.newBuilder(URI.create(identity.hubAddress() + "/api/hubs/lives/counter"))));
        if (content.isEmpty()) return Optional.empty();
        try (InputStream in = content.get()) {
            return Optional.of(new String(in.readNBytes(LONGEST_FRAME), StandardCharsets.UTF_8));
        }
    }

    public StoreTaken.CarriedEntries carriedEntries(Identity identity, long before, UUID after)
            throws IOException, InterruptedException {
        return page(identity, "accounts", before, after, StoreTaken.CarriedEntries.class);
    }

    public StoreTaken.CarriedCredits carriedCredits(Identity identity, long before, UUID after)
            throws IOException, InterruptedException {
        return page(identity, "credits", before, after, StoreTaken.CarriedCredits.class);
    }

    private <T> T page(Identity identity, String what, long before, UUID after, Class<T> type)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = authorized(
                identity,
                HttpRequest.newBuilder(URI.create(
                        identity.hubAddress() + "/api/hubs/lives/" + what + "?before=" + before + "&after=" + after)));
        try (InputStream in = guarded(answer)) {
            return read(in, type);
        }
    }

    public Heartbeat.Answer heartbeat(Identity identity, Heartbeat heartbeat) throws IOException, InterruptedException {
        byte[] body = json.writeValueAsBytes(heartbeat);
        HttpResponse<InputStream> answer = authorized(
                identity,
                HttpRequest.newBuilder(URI.create(identity.hubAddress() + "/api/hubs/heartbeat/"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        try (InputStream in = answer.body()) {
            return read(in, Heartbeat.Answer.class);
        }
    }

    /** The download of what is newer than {@code since}; empty if nothing is. To be closed by the taker. */
    public Optional<InputStream> stream(Identity identity, Stream stream, long since)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = authorized(
                identity,
                HttpRequest.newBuilder(URI.create(
                                identity.hubAddress() + "/api/hubs/streams/" + stream.wireName() + "?since=" + since))
                        .header("Accept-Encoding", "gzip"));
        return content(answer);
    }

    public Optional<IndexManifest> index(Identity identity) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                authorized(identity, HttpRequest.newBuilder(URI.create(identity.hubAddress() + "/api/hubs/index")));
        Optional<InputStream> content = content(answer);
        if (content.isEmpty()) return Optional.empty();
        try (InputStream in = content.get()) {
            return Optional.of(read(in, IndexManifest.class));
        }
    }

    /** A file of the snapshot from this byte on. To be closed by the taker. */
    public InputStream indexFile(Identity identity, long version, String name, long from)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create(identity.hubAddress() + "/api/hubs/index/" + version + "/files/" + name));
        if (from > 0) request.header("Range", "bytes=" + from + "-");
        HttpResponse<InputStream> answer = authorized(identity, request);
        InputStream in = guarded(answer);
        // A server or proxy may ignore the range and send the whole.
        if (from > 0 && answer.statusCode() == 200) in.skipNBytes(from);
        return in;
    }

    public List<PartImage> images(Identity identity, PartId part) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = authorized(
                identity,
                HttpRequest.newBuilder(URI.create(identity.hubAddress() + "/api/hubs/parts/" + part + "/images")));
        try (InputStream in = guarded(answer)) {
            return Arrays.stream(read(in, PartImageRow[].class))
                    .map(row -> new PartImage(row.hash(), row.smallHash(), row.width(), row.height()))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IOException("the hub's answer is not a list of pictures", e);
        }
    }

    /** @return at most {@code most} bytes and one */
    public byte[] image(Identity identity, String hash, int most) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = authorized(
                identity, HttpRequest.newBuilder(URI.create(identity.hubAddress() + "/api/hubs/images/" + hash)));
        try (InputStream in = guarded(answer)) {
            return in.readNBytes(most + 1);
        }
    }

    /** Posts JSON and reads JSON. */
    public <T> T ask(Identity identity, String path, Object body, Class<T> answer)
            throws IOException, InterruptedException {
        return ask(identity, path, "application/json", json.writeValueAsBytes(body), answer);
    }

    /** Posts bytes and reads JSON. */
    public <T> T send(Identity identity, String path, byte[] body, Class<T> answer)
            throws IOException, InterruptedException {
        return ask(identity, path, "application/octet-stream", body, answer);
    }

    private <T> T ask(Identity identity, String path, String type, byte[] body, Class<T> as)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = authorized(
                identity,
                HttpRequest.newBuilder(URI.create(identity.hubAddress() + path))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        try (InputStream in = guarded(answer)) {
            return read(in, as);
        }
    }

    private Optional<InputStream> content(HttpResponse<InputStream> answer) throws IOException {
        if (answer.statusCode() == 204) {
            answer.body().close();
            return Optional.empty();
        }
        return Optional.of(guarded(answer));
    }

    private InputStream guarded(HttpResponse<InputStream> answer) {
        return new GuardedStream(answer.body(), settings.stallTimeout(), watches);
    }

    private HttpResponse<InputStream> authorized(Identity identity, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        try {
            return send(client(identity), request, token(identity));
        } catch (HubRefusal refusal) {
            if (refusal.status() != UNAUTHORIZED) throw refusal;
            // The hub has forgotten the token or restarted with other keys.
            forgetToken();
            return send(client(identity), request, token(identity));
        }
    }

    private synchronized String token(Identity identity) throws IOException, InterruptedException {
        Token known = token;
        if (known != null
                && known.store().equals(identity.store().value())
                && known.secret().equals(identity.secret())
                && clock.instant().isBefore(known.renewAt())) return known.value();
        Map<String, String> body = new LinkedHashMap<>();
        body.put("hub_id", identity.store().toString());
        body.put("secret", identity.secret());
        Access access = snakeCase.treeToValue(
                post(client(identity), identity.hubAddress(), "/api/auth/store/", null, body), Access.class);
        long life = Math.max(1, access.expiresIn() - RENEW_SECONDS);
        token = new Token(
                identity.store().value(),
                identity.secret(),
                access.access(),
                clock.instant().plusSeconds(life));
        return access.access();
    }

    /** With the secret that the identity has now. */
    public void signIn(Identity identity) throws IOException, InterruptedException {
        forgetToken();
        token(identity);
    }

    private synchronized void forgetToken() {
        token = null;
    }

    private JsonNode post(HttpClient client, String hub, String path, @Nullable String access, Object body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hub + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(snakeCase.writeValueAsBytes(body)));
        HttpResponse<InputStream> answer = send(client, request, access);
        try (InputStream in = answer.body()) {
            return json.readTree(bounded(in));
        } catch (JacksonException e) {
            throw new IOException("the hub's answer to " + path + " is not JSON", e);
        }
    }

    private HttpResponse<InputStream> send(HttpClient client, HttpRequest.Builder builder, @Nullable String access)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                builder.copy().timeout(settings.answerTimeout()).setHeader("Accept", "application/json, */*");
        if (access != null) request.setHeader("Authorization", "Bearer " + access);
        HttpResponse<InputStream> answer;
        try {
            answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw PinnedKey.refusal(e).map(why -> new IOException(why, e)).orElse(e);
        }
        if (answer.statusCode() / 100 == 2) return answer;
        try (InputStream in = answer.body()) {
            byte[] body = bounded(in);
            throw new HubRefusal(answer.statusCode(), code(body), sentence(answer.statusCode(), body));
        }
    }

    private String code(byte[] body) {
        try {
            return json.readTree(body).path("code").stringValue("");
        } catch (JacksonException e) {
            return "";
        }
    }

    /** The detail of an RFC 9457 problem, or its title, or the bare status. */
    private String sentence(int status, byte[] body) {
        try {
            JsonNode problem = json.readTree(body);
            String detail = problem.path("detail").stringValue("");
            if (!detail.isBlank()) return detail;
            String title = problem.path("title").stringValue("");
            if (!title.isBlank()) return title;
        } catch (JacksonException e) {
            return "HTTP " + status + ", " + new String(body, 0, Math.min(80, body.length), StandardCharsets.UTF_8);
        }
        return "HTTP " + status;
    }

    private <T> T read(InputStream in, Class<T> type) throws IOException {
        try {
            return json.readValue(bounded(in), type);
        } catch (JacksonException e) {
            throw new IOException("the hub's answer is not a " + type.getSimpleName(), e);
        }
    }

    private static byte[] bounded(InputStream in) throws IOException {
        byte[] body = in.readNBytes(LONGEST_ANSWER + 1);
        if (body.length > LONGEST_ANSWER) throw new IOException("the hub's answer is longer than " + LONGEST_ANSWER);
        return body;
    }

    @Override
    public void close() {
        watches.shutdownNow();
        newcomer.shutdownNow();
        pinned.values().forEach(HttpClient::shutdownNow);
    }
}
