package mx.refahub.adapters.amazon;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.adapters.amazon.SpApi.Reply;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Answer.Refused;
import mx.refahub.domain.market.Marketplace.Report;
import mx.refahub.domain.market.Offer;
import mx.refahub.domain.market.Submission;
import mx.refahub.domain.market.Submission.Sent;
import mx.refahub.domain.market.Submission.Standing;
import mx.refahub.domain.market.Submission.State;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Listings Items 2021-08-01. Amazon takes a listing in at once and works on it afterwards: what became of it is read from the listing itself. */
final class Listings {
    /** For patches of stock and price, which every product type has. */
    static final String ANY_TYPE = "PRODUCT";

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SpApi api;
    private final Attributes attributes;

    Listings(SpApi api, Attributes attributes) {
        this.api = api;
        this.attributes = attributes;
    }

    /** The whole listing; the same again changes nothing. */
    Answer<Submission> put(Offer offer) {
        return api.call(Operation.PUT_LISTING, path(offer.sku()), query("issues"), attributes.listing(offer))
                .then(reply -> taken(reply, offer.sku()));
    }

    Answer<Submission> patch(String sku, @Nullable Long pieces, @Nullable Money price) {
        ObjectNode body = JSON.createObjectNode().put("productType", ANY_TYPE);
        body.set("patches", attributes.patches(pieces, price));
        return api.call(Operation.PATCH_LISTING, path(sku), query("issues"), body)
                .then(reply -> taken(reply, sku));
    }

    /** For good. One that is not there is gone too. */
    Answer<Submission> delete(String sku) {
        Answer<Submission> deleted = api.call(Operation.DELETE_LISTING, path(sku), query(""), null)
                .then(reply -> refusedOr(reply, standing(sku, "", State.CLOSED, "")));
        return notFound(deleted) ? standing(sku, "", State.CLOSED, "") : deleted;
    }

    /** How the listing stands. */
    Answer<Submission> look(String sku) {
        return api.call(Operation.GET_LISTING, path(sku), query("summaries,issues,fulfillmentAvailability"), null)
                .then(reply -> read(reply, sku));
    }

    /** Not there yet: Amazon is still at it. */
    Answer<Report> report(String sku) {
        Answer<Submission> found = look(sku);
        Report later = new Report(false, SOON, Map.of());
        return switch (found) {
            case Refused<Submission> none when notFound(found) -> Answer.done(later);
            case Refused<Submission>(List<Answer.Reason> reasons) ->
                Answer.done(new Report(true, Duration.ZERO, Map.of(sku, new Refused<>(reasons))));
            case Answer.Done<Submission>(Submission one) ->
                Answer.done(
                        one instanceof Standing
                                ? new Report(true, Duration.ZERO, Map.of(sku, Answer.done(one)))
                                : later);
            case Answer<Submission> other -> other.map(never -> later);
        };
    }

    /** How many listings the seller has: proves that account, seller and role go together. */
    Answer<Long> count() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("marketplaceIds", api.account().marketplaceId());
        query.put("pageSize", "1");
        return api.call(
                        Operation.SEARCH_LISTINGS,
                        Map.of("sellerId", api.account().sellerId()),
                        query,
                        null)
                .map(reply -> reply.body().path("numberOfResults").asLong(0));
    }

    static boolean notFound(Answer<?> answer) {
        return answer instanceof Refused<?>(List<Answer.Reason> reasons)
                && reasons.stream().anyMatch(reason -> reason.code().equals("not-found"));
    }

    static Answer<Submission> standing(String sku, String asin, State state, String note) {
        return Answer.done(
                new Standing(sku, asin.isEmpty() ? "" : "https://www.amazon.com.mx/dp/" + asin, state, note));
    }

    private Answer<Submission> taken(Reply reply, String sku) {
        return refusedOr(reply, Answer.done(new Sent(sku, SOON)));
    }

    private static Answer<Submission> refusedOr(Reply reply, Answer<Submission> otherwise) {
        List<Issue> issues = Issue.all(reply.body().path("issues"));
        boolean invalid = reply.body().path("status").asString("").equals("INVALID");
        return invalid || issues.stream().anyMatch(Issue::refuses)
                ? Issue.refusal(issues, reply.requestId())
                : otherwise;
    }

    /** A listing with an error stands nowhere, whatever its summary says; one without a summary is still being made. */
    private Answer<Submission> read(Reply reply, String sku) {
        List<Issue> issues = Issue.all(reply.body().path("issues"));
        if (issues.stream().anyMatch(Issue::refuses)) return Issue.refusal(issues, reply.requestId());
        JsonNode summary = null;
        for (JsonNode one : reply.body().path("summaries"))
            if (one.path("marketplaceId").asString("").equals(api.account().marketplaceId())) summary = one;
        if (summary == null) return Answer.done(new Sent(sku, SOON));
        boolean buyable = false;
        for (JsonNode status : summary.path("status"))
            buyable |= status.asString("").equals("BUYABLE");
        long pieces = 0;
        for (JsonNode stock : reply.body().path("fulfillmentAvailability"))
            pieces += stock.path("quantity").asLong(0);
        State state = buyable ? State.ACTIVE : pieces == 0 ? State.PAUSED : State.HELD;
        return standing(sku, summary.path("asin").asString(""), state, Issue.note(issues));
    }

    private Map<String, String> path(String sku) {
        return Map.of("sellerId", api.account().sellerId(), "sku", sku);
    }

    private Map<String, String> query(String included) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("marketplaceIds", api.account().marketplaceId());
        query.put("issueLocale", api.account().language());
        if (!included.isEmpty()) query.put("includedData", included);
        return query;
    }
}
