package mx.refahub.hub.http;

import jakarta.servlet.http.HttpServletRequest;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

@RestControllerAdvice(basePackageClasses = MachineHttp.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private final Problems problems;

    ProblemAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> body(HttpServletRequest request, HttpMessageNotReadableException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause())
            if (cause instanceof LongBodies.TooLong tooLong) return problems.answer(request, tooLong.refusal());
        return unreadable(request);
    }

    @ExceptionHandler({
        MethodArgumentTypeMismatchException.class,
        ServletRequestBindingException.class,
        IllegalArgumentException.class
    })
    ResponseEntity<ProblemDetail> unreadable(HttpServletRequest request) {
        return problems.answer(request, Refusal.of("request-unreadable"));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> mediaType(HttpServletRequest request, HttpMediaTypeException unused) {
        return problems.answer(request, Refusal.of("media-type"));
    }

    /** The caller went away; there is nobody to tell. */
    @ExceptionHandler
    void left(AsyncRequestNotUsableException unused) {}

    @ExceptionHandler({
        TransientDataAccessException.class,
        DataAccessResourceFailureException.class,
        CannotCreateTransactionException.class
    })
    ResponseEntity<ProblemDetail> databaseAway(HttpServletRequest request, Exception failure) {
        LOG.warn("call to be tried again path={} cause={}", request.getRequestURI(), failure.toString());
        return problems.answer(request, Refusal.of("try-again"));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unplanned(HttpServletRequest request, Exception failure) {
        if (Failure.kindOf(failure) == FailureKind.RETRYABLE) return databaseAway(request, failure);
        LOG.error("call failed path={}", request.getRequestURI(), failure);
        return problems.answer(request, Refusal.of("bug"));
    }
}
