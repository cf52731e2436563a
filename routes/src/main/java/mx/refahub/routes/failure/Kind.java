package mx.refahub.routes.failure;

import jakarta.jms.JMSException;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.springframework.jms.JmsException;

/** Whether a failure is of this kind. */
record Kind(FailureKind kind) implements Predicate {
    /** The kind of any failure in a route: a broker that is away comes back, and what carries its kind is believed. */
    static FailureKind of(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof Failure failure) return failure.kind();
            if (t instanceof JmsException || t instanceof JMSException) return FailureKind.RETRYABLE;
        }
        return FailureKind.BUG;
    }

    @Override
    public boolean matches(Exchange exchange) {
        Throwable thrown = exchange.getException();
        if (thrown == null) thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        return thrown != null && of(thrown) == kind;
    }
}
