package mx.refahub.domain.notice;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.store.Role;

/**
 * Who is told: everybody of some roles, some people, some addresses.
 *
 * @param persons people of the console, whose user name is their e-mail
 */
public record Audience(Set<Role> roles, List<UUID> persons, List<String> addresses) {
    public static final Audience NOBODY = new Audience(Set.of(), List.of(), List.of());
    private static final int MOST = 50;
    private static final int LONGEST = 254;

    public Audience {
        roles = Set.copyOf(roles);
        persons = persons.stream().distinct().toList();
        addresses = addresses.stream()
                .map(each -> each.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        if (persons.size() > MOST || addresses.size() > MOST) throw new IllegalArgumentException("too many");
        for (String address : addresses)
            if (!isAddress(address)) throw new IllegalArgumentException("not an address: " + address);
    }

    public boolean isEmpty() {
        return roles.isEmpty() && persons.isEmpty() && addresses.isEmpty();
    }

    /** One bare address, as RFC 5321 has it in practice: nothing with which a header could be begun. */
    public static boolean isAddress(String text) {
        return text.length() <= LONGEST
                && text.matches(
                        "[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\\p{L}\\p{N}](?:[\\p{L}\\p{N}.-]*[\\p{L}\\p{N}])?");
    }
}
