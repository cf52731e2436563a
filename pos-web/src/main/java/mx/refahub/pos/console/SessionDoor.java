package mx.refahub.pos.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import mx.refahub.domain.store.Person;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestHandler;

/** Opens and closes a browser's session. Whoever comes in gets a new session id and a new CSRF token. */
record SessionDoor(
        CsrfTokenRepository csrf,
        CsrfTokenRequestHandler csrfHeader,
        SecurityContextRepository contexts,
        SessionAuthenticationStrategy renewal,
        Duration idle) {

    void enter(Person person, HttpServletRequest request, HttpServletResponse response) {
        SignedIn signedIn = new SignedIn(person);
        renewal.onAuthentication(signedIn, request, response);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(signedIn);
        SecurityContextHolder.setContext(context);
        request.getSession(true).setMaxInactiveInterval((int) idle.toSeconds());
        contexts.saveContext(context, request, response);
    }

    void leave(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) session.invalidate();
        SecurityContextHolder.clearContext();
    }
}
