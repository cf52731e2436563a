package mx.refahub.pos.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.UUID;
import mx.refahub.domain.hub.Sessions;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/** Before anybody asks who is there: a browser whose session was ended, from wherever, is nobody from its next call on. */
final class SessionGuard extends OncePerRequestFilter {
    static final String ID = "refahub-session";
    private final Sessions sessions;

    SessionGuard(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/assets/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        if (session != null && !lasts(session)) session.invalidate();
        chain.doFilter(request, response);
    }

    /** A session in which somebody is and that has no row could not be ended: it has ended. One in which nobody is carries no more than a token for signing in. */
    private boolean lasts(HttpSession session) {
        return session.getAttribute(ID) instanceof UUID id
                ? sessions.called(id)
                : session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY) == null;
    }
}
