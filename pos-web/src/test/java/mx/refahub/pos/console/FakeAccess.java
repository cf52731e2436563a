package mx.refahub.pos.console;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;

/** People with passwords in memory. Codes are {@code CODE-1}, {@code CODE-2} … */
final class FakeAccess implements ConsoleAccess {
    static final String SETUP_CODE = "7QKM-4TXR";
    private static final int LOCKED_AFTER = 5;
    private static final int WEAK = 10;
    private final Clock clock;
    private final Map<String, Person> people = new HashMap<>();
    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, String> codes = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private int issued;
    private boolean needsSetup;

    FakeAccess(Clock clock) {
        this.clock = clock;
    }

    void nobodyYet() {
        needsSetup = true;
    }

    Person add(String email, String name, Role role, String password) {
        Person person = new Person(new UserId(UUID.nameUUIDFromBytes(email.getBytes())), name, role);
        people.put(email, person);
        passwords.put(email, password);
        return person;
    }

    @Override
    public boolean needsSetup() {
        return needsSetup;
    }

    @Override
    public Outcome<Person> setUp(String code, String email, String name, String password) {
        if (!needsSetup) return Outcome.refused("setup-done");
        if (!code.equals(SETUP_CODE)) return Outcome.refused("code-wrong");
        if (!email.contains("@")) return Outcome.refused("email-invalid", email);
        if (password.length() < WEAK) return Outcome.refused("password-weak");
        needsSetup = false;
        return Outcome.done(add(email, name, Role.ADMIN, password));
    }

    @Override
    public Outcome<Person> signIn(String email, String password, String factor) {
        if (failures.getOrDefault(email, 0) >= LOCKED_AFTER) return Outcome.refused("sign-in-locked", "15");
        if (!password.equals(passwords.get(email))) {
            failures.merge(email, 1, Integer::sum);
            return Outcome.refused("sign-in-failed");
        }
        failures.remove(email);
        return Outcome.done(people.get(email));
    }

    @Override
    public Outcome<Person> redeem(String email, String code, String newPassword) {
        if (!code.equals(codes.get(email))) return Outcome.refused("code-wrong");
        if (newPassword.length() < WEAK) return Outcome.refused("password-weak");
        codes.remove(email);
        passwords.put(email, newPassword);
        return Outcome.done(people.get(email));
    }

    @Override
    public Outcome<OneTimeCode> issueCode(String user, Person by) {
        if (!people.containsKey(user)) return Outcome.refused("user-unknown", user);
        OneTimeCode code = next();
        codes.put(user, code.code());
        return Outcome.done(code);
    }

    @Override
    public Outcome<OneTimeCode> issueActivation(Person by) {
        return Outcome.done(next());
    }

    private OneTimeCode next() {
        return new OneTimeCode("CODE-" + ++issued, clock.instant().plus(Duration.ofMinutes(15)));
    }
}
