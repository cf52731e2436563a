package mx.refahub.pos.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.pos.desk.Desk;
import mx.refahub.pos.desk.DeskApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** A process that checks tokens lets a person in by one. */
class BearerTest {
    private static final KeyPair KEYS = keys();
    private static Desk desk;

    @BeforeAll
    static void open() {
        desk = Desk.open(List.of(DeskApplication.class, Tokens.class));
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Configuration(proxyBeanMethods = false)
    static class Tokens {
        @Bean
        JwtDecoder jwtDecoder() {
            return NimbusJwtDecoder.withPublicKey((RSAPublicKey) KEYS.getPublic())
                    .build();
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token(String subject, String role, Instant expires) {
        RSAKey key = new RSAKey.Builder((RSAPublicKey) KEYS.getPublic())
                .privateKey(KEYS.getPrivate())
                .build();
        JwtClaimsSet.Builder claims = JwtClaimsSet.builder()
                .subject(subject)
                .issuedAt(expires.minusSeconds(600))
                .expiresAt(expires);
        if (role != null) claims.claim("role", role);
        return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)))
                .encode(JwtEncoderParameters.from(claims.build()))
                .getTokenValue();
    }

    private static Desk.Browser with(String token) {
        return desk.browser().withToken(token);
    }

    @Test
    void a_persons_token_opens_what_the_role_may_do_without_a_pages_token() {
        Instant later = Instant.now().plusSeconds(300);
        String accountant = token(UUID.randomUUID().toString(), "accountant", later);
        String cashier = token(UUID.randomUUID().toString(), "CASHIER", later);

        assertThat(with(accountant).get("/api/v1/catalog/search?q=balata").status())
                .isEqualTo(200);
        assertThat(with(accountant)
                        .post("/pos/api/registers/" + Desk.CAJA_1 + "/ticket", "{}")
                        .code())
                .isEqualTo("not-allowed");
        assertThat(with(cashier)
                        .post("/pos/api/registers/" + Desk.CAJA_1 + "/ticket", "{}")
                        .code())
                .isEqualTo("cash-session-closed");
    }

    @Test
    void a_token_without_a_role_may_do_nothing_here() {
        String store = token(UUID.randomUUID().toString(), null, Instant.now().plusSeconds(300));
        assertThat(with(store).get("/api/v1/catalog/search?q=balata").code()).isEqualTo("not-allowed");
    }

    @Test
    void a_bad_token_is_named_as_such() {
        String expired =
                token(UUID.randomUUID().toString(), "ADMIN", Instant.now().minusSeconds(600));
        String odd = token("not-an-id", "ADMIN", Instant.now().plusSeconds(300));
        String unknownRole =
                token(UUID.randomUUID().toString(), "KING", Instant.now().plusSeconds(300));
        for (String bad : List.of(expired, odd, unknownRole, "abc", expired + "x")) {
            Desk.Answer answer = with(bad).get("/api/v1/catalog/search?q=balata");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("token-invalid");
        }
    }
}
