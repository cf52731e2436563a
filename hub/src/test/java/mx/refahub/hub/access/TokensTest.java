package mx.refahub.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import mx.refahub.domain.Uuid7;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import mx.refahub.hub.HubSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

class TokensTest {
    private static final Instant NOW = Instant.parse("2026-11-21T18:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    static Path folder;

    private static SigningKey key;
    private static RSAKey foreign;
    private static Tokens tokens;
    private static JwtDecoder decoder;

    @BeforeAll
    static void keys() throws Exception {
        key = SigningKey.in(folder);
        foreign = new RSAKeyGenerator(2048).keyID("foreign").generate();
        tokens = new Tokens(
                key, new HubSettings.Tokens("refahub", Duration.ofHours(1)), new Uuid7(CLOCK, new Random(1)), CLOCK);
        decoder = tokens.decoder();
    }

    @Test
    void our_own_tokens_say_whose_they_are() {
        Person person = new Person(new UserId(UUID.randomUUID()), "Ana Núñez", Role.ADMIN);
        StoreId store = new StoreId(UUID.randomUUID());

        Jwt persons = decoder.decode(tokens.forPerson(person, UUID.randomUUID()).value());
        Jwt stores = decoder.decode(tokens.forStore(store, 1).value());
        Jwt activations = decoder.decode(tokens.forActivation("ab12").value());

        assertThat(persons.getSubject()).isEqualTo(person.id().toString());
        assertThat(persons.getClaimAsString("role")).isEqualTo("ADMIN");
        assertThat(persons.getClaimAsString("name")).isEqualTo("Ana Núñez");
        assertThat(persons.getExpiresAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
        assertThat(stores.getSubject()).isEqualTo(store.toString());
        assertThat(stores.getClaims()).doesNotContainKey("role").containsEntry("kind", "STORE");
        assertThat(activations.getClaimAsString("code")).isEqualTo("ab12");
    }

    @Test
    void the_key_is_made_once_and_kept_from_others() throws Exception {
        assertThat(SigningKey.in(folder).id()).isEqualTo(key.id());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("hub-signing-key.pem"))))
                .isEqualTo("rw-------");
    }

    @TestFactory
    List<DynamicTest> every_other_token_is_refused() throws Exception {
        Map<String, String> bad = new LinkedHashMap<>();
        JWSHeader good = header().build();
        String whole = sign(good, claims().build());
        assertThat(decoder.decode(whole).getSubject())
                .as("the table starts from a good one")
                .isEqualTo("someone");

        bad.put("no algorithm", new PlainJWT(claims().build()).serialize());
        bad.put(
                "algorithm none in a signed form",
                withHeader(whole, "{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"" + key.id() + "\"}"));
        bad.put(
                "HS256 with the public key in PEM as its secret",
                hmac(key.publicPem().getBytes(StandardCharsets.UTF_8)));
        bad.put(
                "HS256 with the public key in DER as its secret",
                hmac(key.key().toRSAPublicKey().getEncoded()));
        bad.put(
                "RS512",
                sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS512)
                                .keyID(key.id())
                                .type(type())
                                .build(),
                        claims().build()));
        bad.put(
                "RS384",
                sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS384)
                                .keyID(key.id())
                                .type(type())
                                .build(),
                        claims().build()));
        bad.put(
                "PS256",
                sign(
                        new JWSHeader.Builder(JWSAlgorithm.PS256)
                                .keyID(key.id())
                                .type(type())
                                .build(),
                        claims().build()));
        bad.put("unknown key id", sign(header().keyID("other").build(), claims().build()));
        bad.put(
                "no key id",
                sign(new JWSHeader.Builder(JWSAlgorithm.RS256).type(type()).build(), claims().build()));
        bad.put(
                "key id that is a path",
                sign(header().keyID("../../../dev/null").build(), claims().build()));
        bad.put("foreign key under our key id", sign(header().build(), claims().build(), foreign));
        bad.put(
                "foreign key brought along (jwk)",
                sign(header().jwk(foreign.toPublicJWK()).build(), claims().build(), foreign));
        bad.put(
                "our signature, foreign key brought along",
                sign(header().jwk(foreign.toPublicJWK()).build(), claims().build()));
        bad.put(
                "key set address (jku)",
                sign(header().jwkURL(URI.create("https://evil.example/keys")).build(), claims().build()));
        bad.put(
                "certificate address (x5u)",
                sign(
                        header().x509CertURL(URI.create("https://evil.example/cert"))
                                .build(),
                        claims().build()));
        bad.put(
                "certificate brought along (x5c)",
                sign(header().x509CertChain(List.of(Base64.encode("x"))).build(), claims().build()));
        bad.put(
                "unknown critical header",
                sign(
                        header().criticalParams(java.util.Set.of("exotic"))
                                .customParam("exotic", true)
                                .build(),
                        claims().build()));
        bad.put("type JWT", sign(header().type(JOSEObjectType.JWT).build(), claims().build()));
        bad.put(
                "no type",
                sign(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.id()).build(), claims().build()));
        bad.put("wrong issuer", sign(good, claims().issuer("somebody").build()));
        bad.put("no issuer", sign(good, claims().issuer(null).build()));
        bad.put("wrong audience", sign(good, claims().audience("another-hub").build()));
        bad.put("no audience", sign(good, claims().audience((String) null).build()));
        bad.put(
                "our audience among others",
                sign(
                        good,
                        claims().audience(List.of(Tokens.AUDIENCE, "another-hub"))
                                .build()));
        bad.put("expired", sign(good, claims().expirationTime(date(-31)).build()));
        bad.put("never expires", sign(good, claims().expirationTime(null).build()));
        bad.put("not valid yet", sign(good, claims().notBeforeTime(date(60)).build()));
        bad.put("no time of issue", sign(good, claims().issueTime(null).build()));
        bad.put("no subject", sign(good, claims().subject(null).build()));
        bad.put("no id, of a person", sign(good, claims().jwtID(null).build()));
        bad.put("no kind", sign(good, claims().claim("kind", null).build()));
        bad.put("unknown kind", sign(good, claims().claim("kind", "GOD").build()));
        bad.put("truncated signature", whole.substring(0, whole.length() - 4));
        bad.put("no signature", whole.substring(0, whole.lastIndexOf('.') + 1));
        bad.put("two parts", whole.substring(0, whole.lastIndexOf('.')));
        bad.put("claims changed under the signature", withClaims(whole, "{\"iss\":\"refahub\",\"sub\":\"admin\"}"));
        bad.put(
                "header changed under the signature",
                withHeader(whole, "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"" + key.id() + "\",\"x\":1}"));
        bad.put("not a token", "not a token");
        bad.put("empty", "");

        return bad.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.getKey(),
                        () -> assertThatThrownBy(() -> decoder.decode(each.getValue()))
                                .isInstanceOfAny(JwtException.class, IllegalArgumentException.class)))
                .toList();
    }

    private static JOSEObjectType type() {
        return new JOSEObjectType(Tokens.TYPE);
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.id()).type(type());
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("refahub")
                .audience(Tokens.AUDIENCE)
                .subject("someone")
                .jwtID(UUID.randomUUID().toString())
                .issueTime(date(0))
                .notBeforeTime(date(0))
                .expirationTime(date(600))
                .claim("kind", "PERSON");
    }

    private static Date date(long seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }

    private static String sign(JWSHeader header, JWTClaimsSet claims) throws JOSEException {
        return sign(header, claims, key.key());
    }

    private static String sign(JWSHeader header, JWTClaimsSet claims, RSAKey with) throws JOSEException {
        JWSSigner signer = new RSASSASigner(with.toRSAPrivateKey());
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private static String hmac(byte[] secret) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(key.id())
                        .type(type())
                        .build(),
                claims().build());
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    private static String withHeader(String token, String header) {
        String[] parts = token.split("\\.");
        return Base64URL.encode(header) + "." + parts[1] + "." + parts[2];
    }

    private static String withClaims(String token, String claims) {
        String[] parts = token.split("\\.");
        return parts[0] + "." + Base64URL.encode(claims) + "." + parts[2];
    }
}
