package mx.refahub.pos.web;

import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * A person's token: {@code sub} the user's id, {@code role} one of {@link Role} in any case, {@code name}. A token without a role, such as a
 * store's own, is somebody but may do nothing here.
 */
final class PersonTokens implements Converter<Jwt, AbstractAuthenticationToken> {
    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        String role = token.getClaimAsString("role");
        if (role == null) return new JwtAuthenticationToken(token);
        try {
            String name = token.getClaimAsString("name");
            Person person = new Person(
                    new UserId(UUID.fromString(token.getSubject())),
                    name == null ? "" : name,
                    Role.valueOf(role.toUpperCase(Locale.ROOT)));
            return new TokenOf(person);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new InvalidBearerTokenException("not a person's token", e);
        }
    }

    /** The resource server wants its own base class; what it carries is the person's authentication. */
    private static final class TokenOf extends AbstractAuthenticationToken {
        private static final long serialVersionUID = 1L;
        private final transient Person person;

        TokenOf(Person person) {
            super(new PersonAuthentication(person).getAuthorities());
            this.person = person;
            setAuthenticated(true);
        }

        @Override
        public Object getCredentials() {
            return "";
        }

        @Override
        public Object getPrincipal() {
            return person;
        }
    }
}
