package mx.refahub.pos.console;

import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** What nobody planned, told without its insides. */
@RestControllerAdvice(basePackageClasses = Console.class)
final class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
    private final Problems problems;

    ProblemAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler({
        HttpMessageNotReadableException.class,
        MethodArgumentTypeMismatchException.class,
        ServletRequestBindingException.class,
        IllegalArgumentException.class
    })
    ResponseEntity<Object> unreadable() {
        return problems.refused("request-unreadable");
    }

    @ExceptionHandler
    ResponseEntity<Object> mediaType(HttpMediaTypeException unused) {
        return problems.refused("media-type");
    }

    /** The browser went away; there is nobody to tell. */
    @ExceptionHandler
    void left(AsyncRequestNotUsableException unused) {}

    @ExceptionHandler
    ResponseEntity<Object> unplanned(Exception failure) {
        if (Failure.kindOf(failure) == FailureKind.RETRYABLE) {
            log.warn("console call to be tried again: {}", failure.toString());
            return problems.refused("try-again");
        }
        log.error("console call failed", failure);
        return problems.refused("bug");
    }
}
