package mx.refahub.pos.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Whatever a controller throws, as a problem with our own sentence; a stranger's text never reaches the caller. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final Problems problems;
    private final Messages messages;

    ProblemAdvice(Problems problems, Messages messages) {
        this.problems = problems;
        this.messages = messages;
    }

    /** @param field as the caller named it */
    record FieldProblem(String field, String text) {}

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ActRefused refused, Locale locale) {
        return answer(problems.of(refused.refusal(), locale));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> failed(Failure failure, HttpServletRequest request, Locale locale) {
        if (failure.kind() == FailureKind.RETRYABLE) {
            log.warn("call failed for now path={} cause={}", request.getRequestURI(), failure.getMessage());
            return answer(problems.of(failure.isNoRoom() ? "no-room" : "try-again", locale));
        }
        return unplanned(failure, request, locale);
    }

    /** A form with files that breaks off or is not one. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> formUnreadable(MultipartException unreadable, Locale locale) {
        return answer(problems.of("request-invalid", locale));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> textUnkept(TextGuard.Unkept text, Locale locale) {
        ProblemDetail problem = problems.of("request-invalid", locale);
        problem.setProperty("errors", List.of(new FieldProblem(text.field(), messages.text(locale, text.word()))));
        return answer(problem);
    }

    /** An address with bytes in it that no text has. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> addressRejected(RequestRejectedException rejected, Locale locale) {
        return answer(problems.of("request-invalid", locale));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unplanned(Exception failure, HttpServletRequest request, Locale locale) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) == null)
            log.error("call failed path={}", request.getRequestURI(), failure);
        return answer(problems.of("bug", locale));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (request instanceof ServletWebRequest servlet
                && servlet.getResponse() != null
                && servlet.getResponse().isCommitted()) return null;
        Locale locale = request.getLocale();
        if (request instanceof ServletWebRequest servlet) locale = Languages.of(servlet.getRequest());
        ProblemDetail problem = switch (failure) {
            case MaxUploadSizeExceededException e -> problems.of("upload-too-large", locale);
            case HttpMessageNotReadableException e -> problems.of("body-unreadable", locale);
            default ->
                switch (status.value()) {
                    case 404 -> problems.of("not-found", locale);
                    case 405 -> problems.of("method-wrong", locale, String.valueOf(headers.getFirst("Allow")));
                    case 406 -> problems.of("answer-type-wrong", locale);
                    case 413 -> problems.of("upload-too-large", locale);
                    case 415 -> problems.of("media-type-wrong", locale);
                    case 500, 503 -> problems.of("bug", locale);
                    default -> problems.of("request-invalid", locale);
                };
        };
        if (problem.getStatus() == 500) log.error("call failed", failure);
        List<FieldProblem> fields = fields(failure, locale);
        if (!fields.isEmpty()) problem.setProperty("errors", fields);
        HttpHeaders out = new HttpHeaders();
        out.putAll(headers);
        out.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(problem, out, problem.getStatus());
    }

    private List<FieldProblem> fields(Exception failure, Locale locale) {
        List<FieldProblem> fields = new ArrayList<>();
        switch (failure) {
            case MethodArgumentNotValidException e ->
                e.getBindingResult().getAllErrors().forEach(error -> {
                    String field = error instanceof FieldError of ? of.getField() : error.getObjectName();
                    fields.add(new FieldProblem(field, sentence(error, locale)));
                });
            case HandlerMethodValidationException e -> {
                for (ParameterValidationResult result : e.getParameterValidationResults()) {
                    String name = result.getMethodParameter().getParameterName();
                    if (result instanceof ParameterErrors errors)
                        errors.getFieldErrors()
                                .forEach(error ->
                                        fields.add(new FieldProblem(error.getField(), sentence(error, locale))));
                    else
                        result.getResolvableErrors()
                                .forEach(error ->
                                        fields.add(new FieldProblem(String.valueOf(name), sentence(error, locale))));
                }
            }
            // What could not be read at all is told at its field, where the reader got that far.
            case HttpMessageNotReadableException e
            when e.getCause() instanceof JacksonException unread ->
                field(unread)
                        .ifPresent(field -> fields.add(new FieldProblem(field, messages.text(locale, "field.type"))));
            case MissingServletRequestParameterException e ->
                fields.add(new FieldProblem(e.getParameterName(), messages.text(locale, "field.NotBlank")));
            case MethodArgumentTypeMismatchException e ->
                fields.add(new FieldProblem(e.getName(), messages.text(locale, "field.type")));
            case TypeMismatchException e ->
                fields.add(new FieldProblem(String.valueOf(e.getPropertyName()), messages.text(locale, "field.type")));
            default -> {}
        }
        return fields;
    }

    /** {@code lines[0].quantity}. */
    private static Optional<String> field(JacksonException unread) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : unread.getPath()) {
            if (step.getPropertyName() == null)
                path.append('[').append(step.getIndex()).append(']');
            else path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
        }
        return path.isEmpty() ? Optional.empty() : Optional.of(path.toString());
    }

    /** By the constraint's name, e.g. {@code field.NotBlank} or {@code field.Pattern.rate}; the numbers it names, in its own order. */
    private String sentence(MessageSourceResolvable error, Locale locale) {
        String[] codes = error.getCodes() == null ? new String[0] : error.getCodes();
        List<String> arguments = new ArrayList<>();
        if (error.getArguments() != null) {
            for (Object argument : error.getArguments()) {
                if (argument instanceof Integer || argument instanceof Long)
                    arguments.add(String.format(Locale.ROOT, "%,d", ((Number) argument).longValue()));
                else if (argument instanceof Number number) arguments.add(number.toString());
            }
        }
        // A field with a form of its own says which.
        for (String code : codes)
            if (messages.has("field." + code)) return messages.text(locale, "field." + code, arguments);
        return messages.text(locale, "field.invalid", arguments);
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
