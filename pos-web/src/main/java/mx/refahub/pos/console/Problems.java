package mx.refahub.pos.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.function.Function;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Makes every 'no' a problem after RFC 9457 with a sentence that a person understands and a code that a client may branch on. */
final class Problems {
    private final Texts texts;
    private final JsonMapper json;

    Problems(Texts texts, JsonMapper json) {
        this.texts = texts;
        this.json = json;
    }

    /** @param view of what was done, as the answer's body */
    <T> ResponseEntity<Object> answer(Outcome<T> outcome, HttpStatus done, Function<? super T, ?> view) {
        return outcome.fold(value -> ResponseEntity.status(done).body(view.apply(value)), refusal -> refused(refusal));
    }

    ResponseEntity<Object> refused(Refusal refusal) {
        ProblemDetail problem = problem(refusal, LocaleContextHolder.getLocale());
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    ResponseEntity<Object> refused(String code, String... arguments) {
        return refused(Refusal.of(code, arguments));
    }

    /** Where no controller is involved, as in a filter. */
    void write(HttpServletRequest request, HttpServletResponse response, String code) throws IOException {
        ProblemDetail problem = problem(Refusal.of(code), request.getLocale());
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        json.writeValue(response.getOutputStream(), problem);
    }

    private ProblemDetail problem(Refusal refusal, @Nullable Locale locale) {
        HttpStatus status = status(refusal.code());
        String sentence = texts.find(locale, "refusal." + refusal.code(), refusal.arguments());
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                status, sentence == null ? texts.text(locale, "refusal.unnamed", refusal.code()) : sentence);
        problem.setType(URI.create("urn:refahub:refusal:" + refusal.code()));
        problem.setTitle(texts.text(locale, "problem." + status.value()));
        problem.setProperty("code", refusal.code());
        return problem;
    }

    private static HttpStatus status(String code) {
        return switch (code) {
            case "request-unreadable" -> HttpStatus.BAD_REQUEST;
            case "sign-in-failed", "sign-in-needed" -> HttpStatus.UNAUTHORIZED;
            case "not-allowed", "role-without-console", "csrf" -> HttpStatus.FORBIDDEN;
            case "user-unknown", "job-unknown", "run-unknown", "store-unknown", "document-unknown", "rejects-none" ->
                HttpStatus.NOT_FOUND;
            case "setup-done", "user-exists", "job-already-running", "run-not-running", "run-not-restartable" ->
                HttpStatus.CONFLICT;
            case "file-too-large" -> HttpStatus.CONTENT_TOO_LARGE;
            case "media-type" -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            case "sign-in-locked" -> HttpStatus.TOO_MANY_REQUESTS;
            case "bug" -> HttpStatus.INTERNAL_SERVER_ERROR;
            case "try-again" -> HttpStatus.SERVICE_UNAVAILABLE;
            default -> HttpStatus.UNPROCESSABLE_CONTENT;
        };
    }
}
