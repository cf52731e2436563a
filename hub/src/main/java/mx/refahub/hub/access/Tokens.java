package mx.refahub.hub.access;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.hub.HubSettings;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/**
 * The hub's tokens: RS256 JWTs of type {@code at+jwt} (RFC 9068) for one audience. Claim {@code kind} says whose it is; a person's also carries
 * {@code role} and {@code name}, a store's {@code epoch}, an activation's {@code code}, the hash of its code.
 */
public final class Tokens {
    public static final String AUDIENCE = "refahub-hub";
    public static final String KIND = "kind";
    static final String EPOCH = "epoch";
    static final String TYPE = "at+jwt";
    private static final Duration SKEW = Duration.ofSeconds(30);

    /** Whose token it is. */
    public enum Kind {
        PERSON,
        STORE,
        ACTIVATION
    }

    public record Token(String value, Duration life) {}

    private final SigningKey key;
    private final JwtEncoder encoder;
    private final HubSettings.Tokens settings;
    private final IdSource ids;
    private final Clock clock;

    Tokens(SigningKey key, HubSettings.Tokens settings, IdSource ids, Clock clock) {
        this.key = key;
        this.encoder = new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key.key())));
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param session by which it can be ended before its time */
    public Token forPerson(Person person, UUID session) {
        return sign(claims(person.id().toString(), Kind.PERSON)
                .id(session.toString())
                .claim("role", person.role().name())
                .claim("name", person.name()));
    }

    /** @param epoch the store's life that it is for: with the next one it counts no more */
    public Token forStore(StoreId store, int epoch) {
        return sign(claims(store.toString(), Kind.STORE).claim(EPOCH, epoch));
    }

    public Token forActivation(String codeHash) {
        return sign(claims("activation", Kind.ACTIVATION).claim("code", codeHash));
    }

    private JwtClaimsSet.Builder claims(String subject, Kind kind) {
        Instant now = clock.instant();
        return JwtClaimsSet.builder()
                .issuer(settings.issuer())
                .audience(List.of(AUDIENCE))
                .subject(subject)
                .id(ids.next().toString())
                .issuedAt(now)
                .notBefore(now)
                .expiresAt(now.plus(settings.life()))
                .claim(KIND, kind.name());
    }

    private Token sign(JwtClaimsSet.Builder claims) {
        JwsHeader header = JwsHeader.with(SignatureAlgorithm.RS256)
                .keyId(key.id())
                .type(TYPE)
                .build();
        return new Token(
                encoder.encode(JwtEncoderParameters.from(header, claims.build()))
                        .getTokenValue(),
                settings.life());
    }

    /** Whether this life of a store may come in, asked at each use. */
    interface Door {
        boolean open(StoreId store, int epoch);

        /** Whether a person's session was not ended. */
        default boolean lasts(UUID session) {
            return true;
        }
    }

    JwtDecoder decoder() {
        return decoder((store, epoch) -> true);
    }

    /**
     * Accepts RS256 by our own key only, and only when the token names that key: nothing in a token's header is ever fetched or believed.
     *
     * @param door for tokens of stores
     */
    JwtDecoder decoder(Door door) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        JWSVerificationKeySelector<SecurityContext> ours = new JWSVerificationKeySelector<>(
                JWSAlgorithm.RS256, new ImmutableJWKSet<>(new JWKSet(key.key().toPublicJWK())));
        processor.setJWSKeySelector(
                (header, context) -> namesOurKeyAlone(header) ? ours.selectJWSKeys(header, context) : List.of());
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(TYPE)));
        // The validators below look at the rest, with the process's own clock; a missing time of issue would be made up
        // before they see it.
        processor.setJWTClaimsSetVerifier((claims, context) -> {
            if (claims.getIssueTime() == null) throw new BadJWTException("no time of issue");
        });
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        JwtTimestampValidator times = new JwtTimestampValidator(SKEW);
        times.setClock(clock);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                times, new JwtIssuerValidator(settings.issuer()), complete(), standing(door)));
        return decoder;
    }

    private boolean namesOurKeyAlone(JWSHeader header) {
        return key.id().equals(header.getKeyID())
                && header.getJWK() == null
                && header.getJWKURL() == null
                && header.getX509CertURL() == null
                && (header.getX509CertChain() == null
                        || header.getX509CertChain().isEmpty());
    }

    private static OAuth2TokenValidator<Jwt> standing(Door door) {
        return token -> {
            String kind = String.valueOf(token.getClaimAsString(KIND));
            if (kind.equals(Kind.STORE.name()) && !comesIn(token, door))
                return OAuth2TokenValidatorResult.failure(
                        new OAuth2Error("invalid_token", "The store may not come in any more", null));
            if (kind.equals(Kind.PERSON.name()) && !lasts(token, door))
                return OAuth2TokenValidatorResult.failure(
                        new OAuth2Error("invalid_token", "The session was ended", null));
            return OAuth2TokenValidatorResult.success();
        };
    }

    private static boolean comesIn(Jwt token, Door door) {
        return token.getClaims().get(EPOCH) instanceof Number epoch
                && door.open(StoreId.of(String.valueOf(token.getSubject())), epoch.intValue());
    }

    private static boolean lasts(Jwt token, Door door) {
        try {
            return door.lasts(UUID.fromString(String.valueOf(token.getId())));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static OAuth2TokenValidator<Jwt> complete() {
        Set<String> kinds = Set.of(Kind.PERSON.name(), Kind.STORE.name(), Kind.ACTIVATION.name());
        return token -> {
            boolean fine = token.getExpiresAt() != null
                    && token.getSubject() != null
                    && List.of(AUDIENCE).equals(token.getAudience())
                    && kinds.contains(String.valueOf(token.getClaims().get(KIND)));
            return fine
                    ? OAuth2TokenValidatorResult.success()
                    : OAuth2TokenValidatorResult.failure(
                            new OAuth2Error("invalid_token", "The token is not one for this hub", null));
        };
    }
}
