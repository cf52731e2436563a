package mx.refahub.pos.web;

import java.util.Collection;
import java.util.List;
import mx.refahub.domain.store.Person;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A person who has signed in. Controllers take the {@link Person} as their {@code @AuthenticationPrincipal}. */
public record PersonAuthentication(Person person) implements Authentication {
    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return List.of(new SimpleGrantedAuthority("ROLE_" + person.role()));
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getDetails() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return person;
    }

    @Override
    public boolean isAuthenticated() {
        return true;
    }

    @Override
    public void setAuthenticated(boolean authenticated) {
        if (!authenticated) throw new IllegalArgumentException("sign out instead");
    }

    @Override
    public String getName() {
        return person.id().toString();
    }
}
