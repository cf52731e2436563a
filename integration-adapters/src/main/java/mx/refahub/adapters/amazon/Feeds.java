package mx.refahub.adapters.amazon;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import mx.refahub.adapters.amazon.SpApi.Reply;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Answer.Done;
import mx.refahub.domain.market.Answer.Unreachable;
import mx.refahub.domain.market.Marketplace.Change;
import mx.refahub.domain.market.Marketplace.Report;
import mx.refahub.domain.market.Submission;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Many changes as one feed of Feeds 2021-06-30, type {@code JSON_LISTINGS_FEED}: a document is announced, put to the address that Amazon gives, made into a
 * feed, and asked about until its processing report is there.
 *
 * <p>The document goes up as it is: Amazon takes no compressed uploads (its own answer in amzn/selling-partner-api-models#4907); reports come down gzipped.
 */
final class Feeds {
    static final String TYPE = "JSON_LISTINGS_FEED";
    /** Amazon's bound for one feed. */
    static final int MOST = 25_000;

    private static final String CONTENT_TYPE = "application/json; charset=UTF-8";
    /** Before the name of a feed that is only taken for ours: its report has to prove it. */
    private static final String ADOPTED = "?";

    private static final Duration AFTER = Duration.ofMinutes(1);
    private static final Duration CLOCKS = Duration.ofMinutes(1);
    private static final long LARGEST = 256L * 1024 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Feeds that this process knows to be its own, so that one whose answer was lost is told from them. */
    private final Set<String> known;

    private final SpApi api;
    private final Attributes attributes;

    Feeds(SpApi api, Attributes attributes, Set<String> known) {
        this.api = api;
        this.attributes = attributes;
        this.known = known;
    }

    static Set<String> none() {
        return ConcurrentHashMap.newKeySet();
    }

    /** Feed and document in one, as {@link #report} wants it back. */
    private record Name(String feed, String document, boolean adopted) {
        static Name of(String text) {
            boolean adopted = text.startsWith(ADOPTED);
            String submission = adopted ? text.substring(ADOPTED.length()) : text;
            int at = submission.indexOf(':');
            return at < 0
                    ? new Name(submission, "", adopted)
                    : new Name(submission.substring(0, at), submission.substring(at + 1), adopted);
        }
    }

    Answer<String> submit(List<Change> changes) {
        if (changes.size() > MOST) throw new IllegalArgumentException(changes.size() + " changes in one feed");
        Duration wait = api.closed(Operation.CREATE_FEED);
        if (!wait.isZero()) return new Answer.Limited<>(wait);
        byte[] document = document(changes);
        ObjectNode announced = JSON.createObjectNode().put("contentType", CONTENT_TYPE);
        return api.call(Operation.CREATE_FEED_DOCUMENT, Map.of(), Map.of(), announced)
                .then(made -> {
                    String id = made.body().path("feedDocumentId").asString("");
                    return upload(made.body().path("url").asString(""), document)
                            .then(up -> create(id))
                            .map(feed -> feed + ":" + id);
                });
    }

    private Answer<String> create(String document) {
        ObjectNode body = JSON.createObjectNode().put("feedType", TYPE).put("inputFeedDocumentId", document);
        body.putArray("marketplaceIds").add(api.account().marketplaceId());
        Instant from = api.clock().instant();
        Answer<String> created = api.call(Operation.CREATE_FEED, Map.of(), Map.of(), body)
                .map(reply -> reply.body().path("feedId").asString(""));
        if (created instanceof Unreachable<String>(String why, boolean maybe) && maybe) return lost(from, why);
        if (created instanceof Done<String>(String feed)) known.add(feed);
        return created;
    }

    /**
     * The answer got lost: the feed may be there. Amazon does not say of which document a feed was made, so one that came up since and is nobody else's of this
     * process is taken for it until its report is there, which has to name what we sent; else, and if there is none or more than one, the whole is sent again
     * later: changes carry what is, not what is more or less.
     */
    private Answer<String> lost(Instant from, String why) {
        Map<String, String> since = new LinkedHashMap<>();
        since.put("feedTypes", TYPE);
        since.put("marketplaceIds", api.account().marketplaceId());
        since.put("createdSince", from.minus(CLOCKS).toString());
        Answer<Reply> listed = api.call(Operation.GET_FEEDS, Map.of(), since, null);
        if (!(listed instanceof Done<Reply>(Reply reply))) return new Unreachable<>(why, true);
        List<String> strange = new ArrayList<>();
        for (JsonNode feed : reply.body().path("feeds")) {
            String id = feed.path("feedId").asString("");
            if (!known.contains(id) && !before(feed.path("createdTime").asString(""), from)) strange.add(id);
        }
        if (strange.size() != 1) return new Unreachable<>(why, true);
        known.add(strange.getFirst());
        return Answer.done(ADOPTED + strange.getFirst());
    }

    private static boolean before(String time, Instant from) {
        try {
            return Instant.parse(time).isBefore(from.minus(CLOCKS));
        } catch (DateTimeException unknown) {
            return false;
        }
    }

    private Answer<String> upload(String address, byte[] document) {
        URI where = presigned(address);
        if (where == null) return new Unreachable<>("Amazon no dio dirección a donde subir el envío", false);
        HttpRequest put = HttpRequest.newBuilder(where)
                .header("Content-Type", CONTENT_TYPE)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(document))
                .build();
        // Without a feed a document has no effect, whatever became of it.
        return switch (api.wire().send(put)) {
            case Wire.Lost(String why, boolean sent) -> new Unreachable<>("Amazon no recibió el envío: " + why, false);
            case Wire.Whole whole when whole.status() / 100 == 2 -> Answer.done(address);
            case Wire.Whole whole ->
                new Unreachable<>("Amazon no recibió el envío: respondió " + whole.status(), false);
        };
    }

    /** As small as Amazon takes it: one message for each SKU, numbered from 1. */
    byte[] document(List<Change> changes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 * changes.size() + 256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("header");
            json.writeStringProperty("sellerId", api.account().sellerId());
            json.writeStringProperty("version", "2.0");
            json.writeStringProperty("issueLocale", api.account().language());
            // The report then names all that were taken, not only those that were not.
            json.writeObjectPropertyStart("report");
            json.writeArrayPropertyStart("includedData");
            json.writeString("summaries");
            json.writeEndArray();
            json.writeStringProperty("apiVersion", "2021-08-01");
            json.writeEndObject();
            json.writeEndObject();
            json.writeArrayPropertyStart("messages");
            int number = 0;
            for (Change change : changes) {
                json.writeStartObject();
                json.writeNumberProperty("messageId", ++number);
                json.writeStringProperty("sku", change.sku());
                json.writeStringProperty("operationType", "PATCH");
                json.writeStringProperty("productType", Listings.ANY_TYPE);
                json.writePOJOProperty("patches", attributes.patches(change.pieces(), change.price()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** @param submission as {@link #submit} gave it */
    Answer<Report> report(String submission) {
        Name name = Name.of(submission);
        return api.call(Operation.GET_FEED, Map.of("feedId", name.feed), Map.of(), null)
                .then(reply -> {
                    JsonNode feed = reply.body();
                    return switch (feed.path("processingStatus").asString("")) {
                        case "DONE", "FATAL", "CANCELLED" -> finished(feed, name, reply.requestId());
                        default -> Answer.done(new Report(false, AFTER, Map.of()));
                    };
                });
    }

    /** Who is named in the report with an error is refused; of a feed that broke off, nobody knows how far it got, and all are sent again. */
    private Answer<Report> finished(JsonNode feed, Name name, String requestId) {
        String status = feed.path("processingStatus").asString("");
        String result = feed.path("resultFeedDocumentId").asString("");
        Answer<Map<Long, String>> sent = sent(name.document);
        boolean readBack = !(sent instanceof Answer.Refused<Map<Long, String>>);
        if (result.isEmpty()) return sent.map(skus -> new Report(true, Duration.ZERO, broken(skus, status, requestId)));
        return download(result)
                .then(report -> (readBack ? sent : Answer.done(named(report)))
                        .map(skus -> new Report(
                                true,
                                Duration.ZERO,
                                name.adopted
                                                && !(readBack
                                                        && named(report)
                                                                .values()
                                                                .containsAll(skus.values()))
                                        ? strangers(readBack ? skus : Map.of(), requestId)
                                        : outcomes(skus, report, status, requestId))));
    }

    /** Where Amazon does not give back what was sent: the SKUs that its report names. Numbers below zero are none of its messages. */
    private static Map<Long, String> named(JsonNode report) {
        Map<Long, String> skus = new LinkedHashMap<>();
        long number = 0;
        for (JsonNode item : report.path("items"))
            skus.put(--number, item.path("sku").asString(""));
        for (JsonNode issue : report.path("issues"))
            if (issue.has("sku"))
                skus.put(
                        issue.path("messageId").asLong(--number),
                        issue.path("sku").asString(""));
        return skus;
    }

    private Map<String, Answer<Submission>> outcomes(
            Map<Long, String> skus, JsonNode report, String status, String requestId) {
        Map<String, List<Issue>> bySku = new HashMap<>();
        List<Issue> ofTheWhole = new ArrayList<>();
        for (Issue issue : Issue.all(report.path("issues"))) {
            String sku = skus.getOrDefault(issue.message(), issue.sku());
            if (!sku.isEmpty())
                bySku.computeIfAbsent(sku, s -> new ArrayList<>()).add(issue);
            else if (issue.refuses()) ofTheWhole.add(issue);
        }
        boolean whole = status.equals("DONE")
                && report.path("summary").path("messagesProcessed").asLong(-1) >= skus.size();
        Map<String, Answer<Submission>> outcomes = new HashMap<>();
        if (!ofTheWhole.isEmpty())
            skus.values().forEach(sku -> outcomes.put(sku, Issue.refusal(ofTheWhole, requestId)));
        else if (whole)
            skus.values().forEach(sku -> outcomes.put(sku, Listings.standing(sku, "", Submission.State.ACTIVE, "")));
        else outcomes.putAll(broken(skus, status, requestId));
        bySku.forEach((sku, issues) -> {
            if (issues.stream().anyMatch(Issue::refuses)) outcomes.put(sku, Issue.refusal(issues, requestId));
            else if (outcomes.get(sku) instanceof Done<Submission>)
                outcomes.put(sku, Listings.standing(sku, "", Submission.State.ACTIVE, Issue.note(issues)));
        });
        return outcomes;
    }

    /** The report is of somebody else's feed, and ours never came to be. */
    private static Map<String, Answer<Submission>> strangers(Map<Long, String> skus, String requestId) {
        Map<String, Answer<Submission>> outcomes = new HashMap<>();
        for (String sku : skus.values())
            outcomes.put(
                    sku,
                    new Unreachable<>(
                            "se perdió la respuesta de Amazon y el envío no quedó (x-amzn-RequestId " + requestId
                                    + "); se manda otra vez",
                            true));
        return outcomes;
    }

    private static Map<String, Answer<Submission>> broken(Map<Long, String> skus, String status, String requestId) {
        Map<String, Answer<Submission>> outcomes = new HashMap<>();
        for (String sku : skus.values())
            outcomes.put(
                    sku,
                    new Unreachable<>(
                            "Amazon interrumpió el envío (" + status + ", x-amzn-RequestId " + requestId
                                    + "); se manda otra vez",
                            true));
        return outcomes;
    }

    /** Message numbers and SKUs of what was sent, read back from Amazon: they are nowhere else. */
    private Answer<Map<Long, String>> sent(String document) {
        if (document.isEmpty()) return Answer.done(Map.of());
        return download(document).map(feed -> {
            Map<Long, String> skus = new LinkedHashMap<>();
            for (JsonNode message : feed.path("messages"))
                skus.put(message.path("messageId").asLong(), message.path("sku").asString(""));
            return skus;
        });
    }

    private Answer<JsonNode> download(String document) {
        return api.call(Operation.GET_FEED_DOCUMENT, Map.of("feedDocumentId", document), Map.of(), null)
                .then(reply -> {
                    URI where = presigned(reply.body().path("url").asString(""));
                    if (where == null) return new Unreachable<>("Amazon no dio la dirección del reporte", false);
                    boolean zipped = reply.body()
                            .path("compressionAlgorithm")
                            .asString("")
                            .equals("GZIP");
                    return switch (api.wire()
                            .send(HttpRequest.newBuilder(where).GET().build())) {
                        case Wire.Lost(String why, boolean sent) ->
                            new Unreachable<>("el reporte del envío no llegó: " + why, false);
                        case Wire.Whole whole when whole.status() == 200 -> read(whole.body(), zipped);
                        case Wire.Whole whole ->
                            new Unreachable<>("el reporte del envío no llegó: respondió " + whole.status(), false);
                    };
                });
    }

    private static Answer<JsonNode> read(byte[] body, boolean zipped) {
        try {
            if (!zipped) return Answer.done(JSON.readTree(body));
            try (GZIPInputStream open = new GZIPInputStream(new ByteArrayInputStream(body))) {
                byte[] whole = open.readNBytes((int) Math.min(LARGEST, Integer.MAX_VALUE));
                return Answer.done(JSON.readTree(whole));
            }
        } catch (IOException | JacksonException half) {
            return new Unreachable<>("el reporte del envío llegó incompleto", false);
        }
    }

    /** Encrypted; without that only the API's own host is taken, which a simulator is. Null if it is no such address. */
    private @Nullable URI presigned(String address) {
        try {
            URI where = URI.create(address);
            if (where.getHost() == null) return null;
            return "https".equals(where.getScheme())
                            || where.getAuthority().equals(api.account().api().getAuthority())
                    ? where
                    : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
