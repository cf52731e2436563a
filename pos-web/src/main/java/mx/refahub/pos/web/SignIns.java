package mx.refahub.pos.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import mx.refahub.domain.store.Person;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DeferredCsrfToken;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;

/** Lets a person into this browser's session and out of it. */
public final class SignIns {
    private final SecurityContextRepository contexts;
    private final CsrfTokenRepository tokens;

    SignIns(SecurityContextRepository contexts, CsrfTokenRepository tokens) {
        this.contexts = contexts;
        this.tokens = tokens;
    }

    /**
     * The session gets a new id and a new token, so that one planted before is worth nothing.
     *
     * @param idle a browser that did nothing for this long has to sign in again
     * @return the token to send with every change from now on
     */
    public String enter(Person person, Duration idle, HttpServletRequest request, HttpServletResponse response) {
        if (request.getSession(false) != null) request.changeSessionId();
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new PersonAuthentication(person));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        request.getSession().setMaxInactiveInterval(Math.toIntExact(idle.toSeconds()));
        return freshToken(request, response);
    }

    /** @return a token for the next sign-in */
    public String leave(HttpServletRequest request, HttpServletResponse response) {
        SecurityContextHolder.clearContext();
        HttpSession session = request.getSession(false);
        if (session != null) session.invalidate();
        return freshToken(request, response);
    }

    /** The token that this browser has to send as {@code X-CSRF-TOKEN} with every change. */
    public static String csrf(HttpServletRequest request) {
        CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        return token == null ? "" : token.getToken();
    }

    private String freshToken(HttpServletRequest request, HttpServletResponse response) {
        tokens.saveToken(null, request, response);
        DeferredCsrfToken fresh = tokens.loadDeferredToken(request, response);
        new XorCsrfTokenRequestAttributeHandler().handle(request, response, fresh::get);
        return csrf(request);
    }
}
