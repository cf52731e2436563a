package mx.refahub.pos.console;

import java.util.Collection;
import mx.refahub.domain.store.Person;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A person at the console, by session or by token. Its authorities are the names of {@link Permission}. */
final class SignedIn extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;
    private final transient Person person;

    SignedIn(Person person) {
        super(authorities(person));
        this.person = person;
        setAuthenticated(true);
    }

    private static Collection<? extends GrantedAuthority> authorities(Person person) {
        return Permission.of(person.role()).stream()
                .map(permission -> new SimpleGrantedAuthority(permission.name()))
                .toList();
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Person getPrincipal() {
        return person;
    }

    @Override
    public String getName() {
        return person.id().toString();
    }
}
