package mx.refahub.hub.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import mx.refahub.domain.Refusal;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Refusals as RFC 9457 problem details: {@code code} for machines, {@code detail} a sentence for people, in Spanish unless English is asked for. */
final class Problems {
    private final MessageSource texts;
    private final JsonMapper json;

    Problems(MessageSource texts, JsonMapper json) {
        this.texts = texts;
        this.json = json;
    }

    ResponseEntity<ProblemDetail> answer(HttpServletRequest request, Refusal refusal) {
        int status = status(refusal);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(detail(request, status, refusal));
    }

    void write(HttpServletRequest request, HttpServletResponse response, int status, Refusal refusal)
            throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(detail(request, status, refusal)));
    }

    private ProblemDetail detail(HttpServletRequest request, int status, Refusal refusal) {
        Locale language = request.getHeader("Accept-Language") != null
                        && request.getLocale().getLanguage().equals("en")
                ? Locale.ENGLISH
                : Locale.of("es", "MX");
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setType(URI.create("urn:refahub:problem:" + refusal.code()));
        problem.setTitle(HttpStatus.valueOf(status).getReasonPhrase());
        problem.setDetail(texts.getMessage(
                "refusal." + refusal.code(), refusal.arguments().toArray(), language));
        problem.setProperty("code", refusal.code());
        return problem;
    }

    private static int status(Refusal refusal) {
        return switch (refusal.code()) {
            case "sign-in-failed",
                    "second-factor-needed",
                    "second-factor-wrong",
                    "code-wrong",
                    "code-expired",
                    "store-unknown",
                    "store-replaced",
                    "token-needed" -> 401;
            case "sign-in-locked" -> 429;
            case "store-code-taken", "user-exists", "activation-used", "claim-waiting" -> 409;
            case "registration-field", "request-unreadable" -> 400;
            case "not-found" -> 404;
            case "not-allowed", "store-cut-off" -> 403;
            case "try-again" -> 503;
            case "request-too-long" -> 413;
            case "media-type" -> 415;
            case "method" -> 405;
            default -> 500;
        };
    }
}
