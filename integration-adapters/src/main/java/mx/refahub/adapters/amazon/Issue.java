package mx.refahub.adapters.amazon;

import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Answer.Reason;
import tools.jackson.databind.JsonNode;

/**
 * One thing that Amazon has to say of a listing, in Amazon's words.
 *
 * @param message number of the message within its feed; 0 if it is about none
 * @param sku empty if Amazon names none
 * @param code Amazon's, empty when it gave none
 */
record Issue(long message, String sku, String code, Severity severity, String text, List<String> attributes) {
    enum Severity {
        ERROR,
        WARNING,
        INFO
    }

    Issue {
        attributes = List.copyOf(attributes);
    }

    /** Of an {@code Issue} of Listings Items 2021-08-01, or of a processing report: there the attribute stands alone. */
    static Issue of(JsonNode issue) {
        List<String> attributes = new ArrayList<>();
        issue.path("attributeNames").forEach(name -> attributes.add(name.asString("")));
        String single = issue.path("attributeName").asString("");
        if (!single.isEmpty()) attributes.add(single);
        return new Issue(
                issue.path("messageId").asLong(0),
                issue.path("sku").asString(""),
                issue.path("code").asString(""),
                switch (issue.path("severity").asString("")) {
                    case "WARNING" -> Severity.WARNING;
                    case "INFO" -> Severity.INFO;
                    default -> Severity.ERROR;
                },
                issue.path("message").asString(""),
                attributes);
    }

    static List<Issue> all(JsonNode list) {
        List<Issue> issues = new ArrayList<>();
        for (JsonNode issue : list) issues.add(of(issue));
        return issues;
    }

    boolean refuses() {
        return severity == Severity.ERROR;
    }

    Reason reason() {
        return new Reason(
                code, text.isEmpty() && code.isEmpty() ? severity.name() : text, String.join(", ", attributes));
    }

    /** What a person is told besides, when the listing stands: the warnings. */
    static String note(List<Issue> issues) {
        return String.join(
                "; ", issues.stream().map(i -> i.reason().text()).distinct().toList());
    }

    /** The errors among them, and Amazon's number of the request, which its support asks for. */
    static <T> Answer<T> refusal(List<Issue> issues, String requestId) {
        return refused(issues.stream().filter(Issue::refuses).map(Issue::reason).toList(), requestId);
    }

    static <T> Answer<T> refused(List<Reason> why, String requestId) {
        List<Reason> reasons = new ArrayList<>(why);
        if (!requestId.isBlank()) reasons.add(Reason.of("x-amzn-RequestId", requestId));
        if (reasons.isEmpty()) reasons.add(Reason.of("amazon", "Amazon no dijo por qué"));
        return new Answer.Refused<>(reasons);
    }
}
