package mx.refahub.pos.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.UUID;
import mx.refahub.domain.hub.Sessions;
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
        if (session != null && session.getAttribute(ID) instanceof UUID id && !sessions.called(id))
            session.invalidate();
        chain.doFilter(request, response);
    }
}
