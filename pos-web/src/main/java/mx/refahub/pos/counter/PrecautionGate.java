package mx.refahub.pos.counter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import mx.refahub.domain.store.Precautions;
import mx.refahub.pos.web.ActRefused;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.servlet.HandlerInterceptor;

/** Asks before each act that would leave something written and dated. Looking is always allowed. */
final class PrecautionGate implements HandlerInterceptor {
    private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");

    private final ObjectProvider<Precautions> precautions;

    PrecautionGate(ObjectProvider<Precautions> precautions) {
        this.precautions = precautions;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (LOOKING.contains(request.getMethod())) return true;
        Precautions asked = precautions.getIfAvailable();
        if (asked != null)
            asked.refusal().ifPresent(refusal -> {
                throw new ActRefused(refusal);
            });
        return true;
    }
}
