package mx.refahub.hub.http;

import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import mx.refahub.domain.Refusal;
import mx.refahub.hub.access.Tokens;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** Machines come in by token, keep no session, and may do what the kind of their token says. */
@Configuration(proxyBeanMethods = false)
class MachineSecurity {
    static final String STORE = "STORE";
    static final String REGISTRAR = "REGISTRAR";

    @Bean
    @Order(10)
    SecurityFilterChain machineChain(HttpSecurity http, JwtDecoder tokens, Problems problems) throws Exception {
        return bearer(http, tokens, problems)
                .securityMatcher("/api/auth/**", "/api/hubs/**")
                .authorizeHttpRequests(calls -> {
                    calls.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.INCLUDE)
                            .permitAll();
                    calls.requestMatchers(HttpMethod.POST, "/api/auth/login/", "/api/auth/login")
                            .permitAll();
                    calls.requestMatchers(HttpMethod.POST, "/api/auth/store/", "/api/auth/store")
                            .permitAll();
                    calls.requestMatchers(HttpMethod.POST, "/api/hubs/register/", "/api/hubs/register")
                            .hasAuthority(REGISTRAR);
                    calls.requestMatchers(HttpMethod.POST, "/api/hubs/heartbeat/", "/api/hubs/heartbeat")
                            .hasAuthority(STORE);
                    calls.requestMatchers(HttpMethod.GET, "/api/hubs/streams/{stream}", "/api/hubs/index")
                            .hasAuthority(STORE);
                    calls.requestMatchers(HttpMethod.GET, "/api/hubs/index/{version}/files/{name}")
                            .hasAuthority(STORE);
                    calls.requestMatchers(HttpMethod.GET, "/api/hubs/parts/{id}/images", "/api/hubs/images/{hash}")
                            .hasAuthority(STORE);
                    calls.requestMatchers(HttpMethod.POST, "/api/hubs/lives").permitAll();
                    calls.requestMatchers(
                                    HttpMethod.POST,
                                    "/api/hubs/lives/taken",
                                    "/api/hubs/lives/known",
                                    "/api/hubs/counter")
                            .hasAuthority(STORE);
                    calls.requestMatchers(HttpMethod.POST, "/api/hubs/secrets", "/api/hubs/commands/answers")
                            .hasAuthority(STORE);
                    calls.requestMatchers(
                                    HttpMethod.POST,
                                    "/api/hubs/lender/standing",
                                    "/api/hubs/lender/orders",
                                    "/api/hubs/lender/inquiries",
                                    "/api/hubs/lender/cancellations")
                            .hasAuthority(STORE);
                    calls.requestMatchers(HttpMethod.GET, "/api/hubs/lives/documents", "/api/hubs/lives/stock")
                            .hasAuthority(STORE);
                    calls.requestMatchers(
                                    HttpMethod.GET,
                                    "/api/hubs/lives/accounts",
                                    "/api/hubs/lives/credits",
                                    "/api/hubs/lives/counter")
                            .hasAuthority(STORE);
                    calls.requestMatchers(HttpMethod.POST, "/api/hubs/reconciliation/{part}")
                            .hasAuthority(STORE);
                    calls.anyRequest().denyAll();
                })
                .build();
    }

    private static HttpSecurity bearer(HttpSecurity http, JwtDecoder tokens, Problems problems) throws Exception {
        AuthenticationEntryPoint signInNeeded = (request, response, unused) -> {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.write(request, response, 401, Refusal.of("token-needed"));
        };
        AccessDeniedHandler notAllowed =
                (request, response, unused) -> problems.write(request, response, 403, Refusal.of("not-allowed"));
        return http.csrf(AbstractHttpConfigurer::disable)
                .addFilterAfter(new LongBodies(problems), AuthorizationFilter.class)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(signInNeeded)
                        .accessDeniedHandler(notAllowed)
                        .jwt(jwt -> jwt.decoder(tokens).jwtAuthenticationConverter(MachineSecurity::bearerOf)))
                .exceptionHandling(failures ->
                        failures.authenticationEntryPoint(signInNeeded).accessDeniedHandler(notAllowed))
                .requestCache(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable);
    }

    private static JwtAuthenticationToken bearerOf(Jwt token) {
        Tokens.Kind kind = Tokens.Kind.valueOf(
                String.valueOf(token.getClaimAsString(Tokens.KIND)).toUpperCase(Locale.ROOT));
        Set<String> authorities = switch (kind) {
            case STORE -> Set.of(STORE);
            case ACTIVATION -> Set.of(REGISTRAR);
            case PERSON -> "ADMIN".equals(token.getClaimAsString("role")) ? Set.of(REGISTRAR) : Set.of();
        };
        return new JwtAuthenticationToken(
                token,
                List.copyOf(
                        authorities.stream().map(SimpleGrantedAuthority::new).toList()));
    }
}
