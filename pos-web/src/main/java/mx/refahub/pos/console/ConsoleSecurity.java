package mx.refahub.pos.console;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.CompositeSessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfAuthenticationStrategy;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who comes in and what they may call: browsers by session and CSRF token, programs by a person's token of the hub. */
@Configuration(proxyBeanMethods = false)
class ConsoleSecurity {
    /** Cookies do not know ports: a till on the same machine has its own names. */
    static final String SESSION_COOKIE = "refahub-console";

    static final String CSRF_COOKIE = "refahub-console-csrf";
    static final String CSRF_HEADER = "X-CSRF-Token";
    private static final String BEARER = "Bearer ";

    @Bean
    @Order(100)
    SecurityFilterChain consoleChain(
            HttpSecurity http, JwtDecoder tokens, Problems problems, ConsolePage page, SessionDoor door)
            throws Exception {
        AuthenticationEntryPoint signInNeeded = (request, response, unused) -> {
            if (bearer(request) != null) response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.write(request, response, "sign-in-needed");
        };
        AccessDeniedHandler notAllowed = (request, response, denied) ->
                problems.write(request, response, denied instanceof CsrfException ? "csrf" : "not-allowed");
        return http.securityMatcher("/console/**", "/console", "/api/setup", "/api/v1/catalog/**")
                .authorizeHttpRequests(calls -> {
                    // Forwards and the second half of asynchronous answers were let in as requests.
                    calls.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.FORWARD, DispatcherType.ERROR)
                            .permitAll();
                    for (AccessTable.Row row : AccessTable.ROWS) {
                        Permission needed = row.permission();
                        var call = calls.requestMatchers(row.method(), row.pattern());
                        if (needed == null) call.permitAll();
                        else call.hasAuthority(needed.name());
                    }
                    calls.requestMatchers("/console/api/**", "/api/**").denyAll();
                    calls.requestMatchers(HttpMethod.GET, "/console", "/console/**")
                            .permitAll();
                    calls.anyRequest().denyAll();
                })
                .csrf(csrf -> csrf.csrfTokenRepository(door.csrf()).csrfTokenRequestHandler(door.csrfHeader()))
                .securityContext(context -> context.securityContextRepository(door.contexts()))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .oauth2ResourceServer(server -> server.bearerTokenResolver(ConsoleSecurity::bearer)
                        .authenticationEntryPoint(signInNeeded)
                        .accessDeniedHandler(notAllowed)
                        .jwt(jwt -> jwt.decoder(tokens).jwtAuthenticationConverter(ConsoleSecurity::person)))
                .exceptionHandling(failures ->
                        failures.authenticationEntryPoint(signInNeeded).accessDeniedHandler(notAllowed))
                .headers(headers -> headers.contentSecurityPolicy(
                                csp -> csp.policyDirectives(page.contentSecurityPolicy()))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .frameOptions(frames -> frames.deny()))
                .requestCache(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(anonymous -> {})
                .build();
    }

    @Bean
    SessionDoor consoleSessionDoor(ConsoleSettings settings) {
        CookieCsrfTokenRepository csrf = new CookieCsrfTokenRepository();
        csrf.setCookieName(CSRF_COOKIE);
        csrf.setHeaderName(CSRF_HEADER);
        csrf.setCookieCustomizer(
                cookie -> cookie.httpOnly(true).sameSite("Strict").path("/"));
        HeaderCsrf header = new HeaderCsrf();
        CsrfAuthenticationStrategy freshToken = new CsrfAuthenticationStrategy(csrf);
        freshToken.setRequestHandler(header);
        return new SessionDoor(
                csrf,
                header,
                new HttpSessionSecurityContextRepository(),
                new CompositeSessionAuthenticationStrategy(
                        List.of(new ChangeSessionIdAuthenticationStrategy(), freshToken)),
                settings.sessionIdle());
    }

    @Bean
    ServletContextInitializer consoleSessionCookie() {
        return context -> {
            var cookie = context.getSessionCookieConfig();
            cookie.setName(SESSION_COOKIE);
            cookie.setHttpOnly(true);
            cookie.setAttribute("SameSite", "Strict");
        };
    }

    /** From the header only: tokens never stand in an address, and a form is no place to look for one. */
    private static @Nullable String bearer(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) return null;
        return header.substring(BEARER.length()).strip();
    }

    /**
     * The person whose token it is. A token of a store or of an activation names no role of a person: it is genuine, and may do nothing here.
     */
    private static AbstractAuthenticationToken person(Jwt token) {
        return personOf(token)
                .<AbstractAuthenticationToken>map(SignedIn::new)
                .orElseGet(() -> new JwtAuthenticationToken(token, List.of()));
    }

    private static Optional<Person> personOf(Jwt token) {
        String role = token.getClaimAsString("role");
        String subject = token.getSubject();
        if (role == null || subject == null) return Optional.empty();
        try {
            String name = token.getClaimAsString("name");
            return Optional.of(new Person(
                    new UserId(UUID.fromString(subject)),
                    name == null ? subject : name,
                    Role.valueOf(role.toUpperCase(Locale.ROOT))));
        } catch (IllegalArgumentException notOfAPerson) {
            return Optional.empty();
        }
    }
}
