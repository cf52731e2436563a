package mx.refahub.pos.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.SessionTrackingMode;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartImages;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Shelves;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.servlet.CookieSameSiteSupplier;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * The shared base of both doors. A door brings {@link Shell}, {@link MessageFile}, {@link AccessTable}, {@link SetupGate},
 * {@link StatusSource} and {@link SessionCookie} as beans, and its controllers. The process brings {@link PartSearch}, {@link PartCatalogue}, {@link PartImages},
 * {@link Clock} and, where it checks tokens, a {@link JwtDecoder}. The chain here takes every call that no earlier chain took.
 */
@Configuration(proxyBeanMethods = false)
public class WebBase {
    @Bean
    MessageFile sharedMessages() {
        return new MessageFile("messages_web");
    }

    @Bean
    Messages messages(List<MessageFile> files) {
        return new Messages(files);
    }

    @Bean
    LocaleResolver localeResolver() {
        return new Languages();
    }

    @Bean
    Problems problems(Messages messages, JsonMapper json) {
        return new Problems(messages, json);
    }

    @Bean
    ProblemAdvice problemAdvice(Problems problems, Messages messages) {
        return new ProblemAdvice(problems, messages);
    }

    @Bean
    TextGuard textGuard() {
        return new TextGuard();
    }

    /** As strict as it comes, and no U+0000 in what an address asks for: no database can keep it. */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedParameterValues(value -> value.indexOf('\0') < 0);
        return firewall;
    }

    @Bean
    ErrorAnswers errorAnswers(Problems problems) {
        return new ErrorAnswers(problems);
    }

    @Bean
    TextsApi textsApi(Messages messages) {
        return new TextsApi(messages);
    }

    @Bean
    StatusApi statusApi(StatusSource source, PartSearch search, Messages messages, Clock clock) {
        return new StatusApi(source, search, messages, clock);
    }

    @Bean
    CatalogueApi catalogueApi(PartSearch search, PartCatalogue catalogue, Shelves shelves, Messages messages) {
        return new CatalogueApi(search, catalogue, shelves, messages);
    }

    @Bean
    ImagesApi imagesApi(PartImages images) {
        return new ImagesApi(images);
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("RefaHub")
                        .version("1")
                        .description("Errors are RFC 9457 problem details with a stable 'code'. See docs/api.md."));
    }

    @Bean
    AccessTable sharedAccess(List<Shell> shells) {
        return () -> Stream.concat(
                        Stream.of(
                                AccessRow.open(HttpMethod.GET, "/assets/**").alsoBeforeSetup(),
                                AccessRow.open(HttpMethod.GET, "/favicon.ico").alsoBeforeSetup(),
                                AccessRow.open(HttpMethod.GET, "/i18n/es-MX.json")
                                        .alsoBeforeSetup(),
                                AccessRow.open(HttpMethod.GET, "/i18n/en.json").alsoBeforeSetup(),
                                AccessRow.open(HttpMethod.GET, "/v3/api-docs/**")
                                        .alsoBeforeSetup(),
                                AccessRow.open(HttpMethod.GET, "/api/status").alsoBeforeSetup(),
                                AccessRow.open(HttpMethod.GET, "/api/v1/health").alsoBeforeSetup(),
                                AccessRow.signedIn(HttpMethod.GET, "/api/v1/catalog/search"),
                                AccessRow.signedIn(HttpMethod.GET, "/api/v1/catalog/vehicles"),
                                AccessRow.signedIn(HttpMethod.GET, "/api/v1/catalog/parts/{id}"),
                                AccessRow.signedIn(HttpMethod.GET, "/api/v1/catalog/parts/{id}/images"),
                                AccessRow.signedIn(HttpMethod.GET, "/api/v1/catalog/parts/{id}/images/{n}"),
                                AccessRow.loopback(HttpMethod.GET, "/actuator/health/**"),
                                AccessRow.loopback(HttpMethod.GET, "/actuator/prometheus"),
                                AccessRow.loopback(HttpMethod.GET, "/actuator/mappings")),
                        shells.stream()
                                .flatMap(shell -> shell.pages().stream())
                                .map(page ->
                                        AccessRow.open(HttpMethod.GET, page).alsoBeforeSetup()))
                .toList();
    }

    @Bean
    Gate gate(List<AccessTable> tables, SetupGate setup) {
        return new Gate(tables, setup);
    }

    @Bean
    SecurityContextRepository securityContexts() {
        return new HttpSessionSecurityContextRepository();
    }

    @Bean
    CsrfTokenRepository csrfTokens() {
        return new HttpSessionCsrfTokenRepository();
    }

    @Bean
    SignIns signIns(SecurityContextRepository contexts, CsrfTokenRepository tokens) {
        return new SignIns(contexts, tokens);
    }

    /** Nobody signs in through the framework's own forms, and no password is made up at start. */
    @Bean
    AuthenticationManager authenticationManager() {
        return attempt -> {
            throw new BadCredentialsException("people sign in through the pages");
        };
    }

    @Bean
    ImportMap importMap() {
        return new ImportMap();
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityFilterChain pagesAndApi(
            HttpSecurity http,
            Gate gate,
            Problems problems,
            SecurityContextRepository contexts,
            CsrfTokenRepository tokens,
            ObjectProvider<JwtDecoder> decoder,
            ImportMap imports) {
        http.securityContext(context -> context.securityContextRepository(contexts))
                .requestCache(RequestCacheConfigurer::disable)
                .logout(logout -> logout.disable())
                .csrf(csrf -> csrf.csrfTokenRepository(tokens).requireCsrfProtectionMatcher(gate::needsCsrf))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .authorizeHttpRequests(calls -> calls.dispatcherTypeMatchers(
                                DispatcherType.ASYNC,
                                DispatcherType.ERROR,
                                DispatcherType.FORWARD,
                                // The error page of an answer that has begun, as when a browser leaves its stream of
                                // events.
                                DispatcherType.INCLUDE)
                        .permitAll()
                        .anyRequest()
                        .access(gate))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(policy(imports)))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(permissions ->
                                permissions.policy("camera=(), geolocation=(), microphone=(), payment=(), usb=()"))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN)));
        JwtDecoder tokensOfPeople = decoder.getIfAvailable();
        if (tokensOfPeople != null) {
            http.oauth2ResourceServer(server -> server.authenticationEntryPoint(problems)
                    .accessDeniedHandler(problems)
                    .jwt(jwt -> jwt.decoder(tokensOfPeople).jwtAuthenticationConverter(new PersonTokens())));
        }
        return http.build();
    }

    private static String policy(ImportMap imports) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self' " + imports.source(),
                "style-src 'self'",
                "img-src 'self' data: blob:",
                "font-src 'self'",
                "connect-src 'self'",
                "manifest-src 'self'",
                "worker-src 'self'",
                "form-action 'self'",
                "base-uri 'none'",
                "object-src 'none'",
                "frame-ancestors 'none'");
    }

    @Bean
    ServletContextInitializer sessionCookies(SessionCookie cookie) {
        return context -> {
            context.getSessionCookieConfig().setName(cookie.name());
            context.getSessionCookieConfig().setHttpOnly(true);
            context.getSessionCookieConfig().setPath("/");
            context.setSessionTrackingModes(EnumSet.of(SessionTrackingMode.COOKIE));
        };
    }

    @Bean
    CookieSameSiteSupplier strictCookies() {
        return CookieSameSiteSupplier.ofStrict();
    }

    @Bean
    SimpleUrlHandlerMapping shellPages(List<Shell> shells, ImportMap imports) {
        return new SimpleUrlHandlerMapping(ShellPages.byPattern(shells, imports), -1);
    }

    @Bean
    WebMvcConfigurer staticFiles(List<Shell> shells) {
        return new WebMvcConfigurer() {
            private static void ours(ResourceHandlerRegistry registry, String folder, ContentTag tag) {
                registry.addResourceHandler("/assets/" + folder + "/**")
                        .addResourceLocations("classpath:/" + folder + "/")
                        .setCacheControl(CacheControl.noCache())
                        .setUseLastModified(false)
                        .setEtagGenerator(tag);
            }

            @Override
            public void addResourceHandlers(ResourceHandlerRegistry registry) {
                registry.addResourceHandler("/assets/vendor/**")
                        .addResourceLocations("classpath:/META-INF/resources/webjars/")
                        .setCacheControl(
                                CacheControl.maxAge(Duration.ofDays(365)).immutable());
                ContentTag tag = new ContentTag();
                ours(registry, "shared", tag);
                for (Shell shell : shells) ours(registry, shell.name(), tag);
            }
        };
    }
}
