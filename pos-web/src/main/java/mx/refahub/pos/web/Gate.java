package mx.refahub.pos.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Decides every call by the table of rows, and leaves at the request why it refused. */
final class Gate implements AuthorizationManager<RequestAuthorizationContext> {
    enum Verdict {
        UNKNOWN_PATH,
        WRONG_METHOD,
        SETUP_NEEDED,
        NOT_ALLOWED
    }

    private static final String VERDICT = Gate.class.getName() + ".verdict";
    private static final String METHODS = Gate.class.getName() + ".methods";

    private record Entry(PathPattern pattern, AccessRow row) {}

    private final List<Entry> entries = new ArrayList<>();
    private final SetupGate setup;

    Gate(List<AccessTable> tables, SetupGate setup) {
        this.setup = setup;
        PathPatternParser parser = PathPatternParser.defaultInstance;
        Set<String> seen = new LinkedHashSet<>();
        for (AccessTable table : tables) {
            for (AccessRow row : table.rows()) {
                if (!seen.add(row.method() + " " + row.pattern()))
                    throw new IllegalStateException("two rows for " + row.method() + " " + row.pattern());
                entries.add(new Entry(parser.parse(row.pattern()), row));
            }
        }
        entries.sort(Comparator.comparing(Entry::pattern));
    }

    List<AccessRow> rows() {
        return entries.stream().map(Entry::row).toList();
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        AccessRow row = find(request);
        if (row == null) {
            List<String> others = methods(request);
            request.setAttribute(METHODS, others);
            return refuse(request, others.isEmpty() ? Verdict.UNKNOWN_PATH : Verdict.WRONG_METHOD);
        }
        if (!row.beforeSetup() && setup.needsSetup()) return refuse(request, Verdict.SETUP_NEEDED);
        boolean allowed = switch (row.whom()) {
            case ANYONE -> true;
            case LOOPBACK -> isLoopback(request);
            case PERSON ->
                authentication.get() instanceof Authentication caller
                        && caller.isAuthenticated()
                        && caller.getPrincipal() instanceof Person person
                        && row.roles().contains(person.role());
        };
        return allowed ? new AuthorizationDecision(true) : refuse(request, Verdict.NOT_ALLOWED);
    }

    /** Whether the browser must prove that its own page sent this. Unknown calls need no proof: they are refused anyway. */
    boolean needsCsrf(HttpServletRequest request) {
        if (Set.of("GET", "HEAD", "OPTIONS", "TRACE").contains(request.getMethod())) return false;
        AccessRow row = find(request);
        return row != null && row.csrf();
    }

    static @Nullable Verdict verdict(HttpServletRequest request) {
        return (Verdict) request.getAttribute(VERDICT);
    }

    static List<String> allowedMethods(HttpServletRequest request) {
        List<String> names = new ArrayList<>();
        if (request.getAttribute(METHODS) instanceof List<?> list) for (Object name : list) names.add(name.toString());
        return names;
    }

    private @Nullable AccessRow find(HttpServletRequest request) {
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        PathContainer path = path(request);
        for (Entry entry : entries) {
            if (entry.row().method().equals(HttpMethod.valueOf(method))
                    && entry.pattern().matches(path)) return entry.row();
        }
        return null;
    }

    private List<String> methods(HttpServletRequest request) {
        PathContainer path = path(request);
        return entries.stream()
                .filter(entry -> entry.pattern().matches(path))
                .map(entry -> entry.row().method().name())
                .distinct()
                .sorted()
                .toList();
    }

    private static PathContainer path(HttpServletRequest request) {
        return ServletRequestPathUtils.hasParsedRequestPath(request)
                ? ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication()
                : ServletRequestPathUtils.parse(request).pathWithinApplication();
    }

    private static AuthorizationDecision refuse(HttpServletRequest request, Verdict verdict) {
        request.setAttribute(VERDICT, verdict);
        return new AuthorizationDecision(false);
    }

    /** A reverse proxy on this machine speaks for others: then its caller is not this machine. */
    private static boolean isLoopback(HttpServletRequest request) {
        if (request.getHeader("X-Forwarded-For") != null || request.getHeader("Forwarded") != null) return false;
        try {
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
