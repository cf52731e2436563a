package mx.refahub.hub.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.store.OneTimeSecret;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.HubSettings;
import mx.refahub.hub.access.PersonTable.PersonRow;
import mx.refahub.hub.stream.Publications;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresConsoleAccess implements ConsoleAccess {
    static final int TRIES = 5;
    static final Duration LOCK = Duration.ofMinutes(15);
    private static final int MIN_PASSWORD = 10;
    private static final int MAX_PASSWORD = 200;
    private static final int MAX_EMAIL = 254;
    private static final int MAX_NAME = 100;
    private static final Logger LOG = LoggerFactory.getLogger(PostgresConsoleAccess.class);

    private final PersonTable table;
    private final Publications publications;
    private final AuditTrail audit;
    private final PostgresSecondFactors factors;
    private final PasswordEncoder passwords;
    private final SetupCode setupCode;
    private final SecureRandom random;
    private final IdSource ids;
    private final Clock clock;
    private final Duration codeLife;
    private final TransactionTemplate transaction;
    /** Checked when there is nobody to check, so that the time taken does not tell who exists. */
    private final String nobodysHash;

    PostgresConsoleAccess(
            PersonTable table,
            Publications publications,
            AuditTrail audit,
            PostgresSecondFactors factors,
            PasswordEncoder passwords,
            SetupCode setupCode,
            SecureRandom random,
            IdSource ids,
            Clock clock,
            HubSettings settings,
            TransactionTemplate transaction) {
        this.table = table;
        this.publications = publications;
        this.audit = audit;
        this.factors = factors;
        this.passwords = passwords;
        this.setupCode = setupCode;
        this.random = random;
        this.ids = ids;
        this.clock = clock;
        this.codeLife = settings.codeLife();
        this.transaction = transaction;
        this.nobodysHash = passwords.encode(new Secrets(random).next());
    }

    @Override
    public boolean needsSetup() {
        return table.administrators() == 0;
    }

    @Override
    public Outcome<Person> setUp(String code, String email, String name, String password) {
        if (!needsSetup()) return Outcome.refused("setup-done");
        String username = People.normal(email);
        if (!isEmail(username)) return Outcome.refused("email-invalid", email);
        String shownName = name.isBlank() ? username : name.strip();
        if (shownName.length() > MAX_NAME) shownName = shownName.substring(0, MAX_NAME);
        String known = shownName;
        if (isWeak(password, username)) return Outcome.refused("password-weak", Integer.toString(MIN_PASSWORD));
        switch (setupCode.check(code)) {
            case WRONG -> {
                return Outcome.refused("code-wrong");
            }
            case EXPIRED -> {
                return Outcome.refused("code-expired");
            }
            case RIGHT -> {}
        }
        String hash = passwords.encode(password);
        return transaction.execute(status -> {
            if (!needsSetup()) return Outcome.refused("setup-done");
            UserId id = new UserId(ids.next());
            Instant now = clock.instant();
            int made = table.insert(id.value(), username, known, Role.ADMIN.name(), null, hash, null, null, 0, now);
            if (made == 0) return Outcome.refused("user-exists", username);
            audit.record(id.toString(), "set-up", id.toString());
            LOG.info("first administrator made user={}", id);
            return Outcome.done(new Person(id, known, Role.ADMIN));
        });
    }

    @Override
    public Outcome<Person> signIn(String email, String password, String factor) {
        Optional<PersonRow> found = table.byUsername(People.normal(email));
        if (found.isEmpty() || found.get().passwordHash() == null) {
            boolean unused = passwords.matches(cut(password), nobodysHash);
            return Outcome.refused("sign-in-failed");
        }
        PersonRow row = found.get();
        Instant now = clock.instant();
        if (table.countTry(row.id(), TRIES, now.plus(LOCK), now) == 0) return locked(row, now);
        if (!passwords.matches(cut(password), row.passwordHash())) {
            audit.record(row.id().toString(), "sign-in-failed", row.id().toString());
            LOG.info("sign-in failed user={}", row.id());
            return Outcome.refused("sign-in-failed");
        }
        if (factors.isOn(row.id())) {
            // The try stays counted: who knows the password alone gets no more of them by leaving the code out.
            if (factor.isBlank()) return Outcome.refused("second-factor-needed");
            boolean right = Boolean.TRUE.equals(transaction.execute(status -> factors.takes(row.id(), factor)));
            if (!right) {
                audit.record(
                        row.id().toString(), "second-factor-wrong", row.id().toString());
                return Outcome.refused("second-factor-wrong");
            }
        }
        table.forgiveTries(row.id());
        audit.record(row.id().toString(), "sign-in", row.id().toString());
        LOG.info("signed in user={}", row.id());
        return Outcome.done(row.person());
    }

    @Override
    public Outcome<Person> redeem(String email, String code, String newPassword) {
        String username = People.normal(email);
        Optional<PersonRow> found = table.byUsername(username).filter(row -> row.storeId() == null);
        if (found.isEmpty()) return Outcome.refused("code-wrong");
        if (isWeak(newPassword, username)) return Outcome.refused("password-weak", Integer.toString(MIN_PASSWORD));
        PersonRow row = found.get();
        String codeHash = row.codeHash();
        if (codeHash == null || table.countCodeTry(row.id(), TRIES, clock.instant()) == 0)
            return Outcome.refused("code-expired");
        if (!OneTimeCodes.matches(code, codeHash)) {
            audit.record(row.id().toString(), "code-wrong", row.id().toString());
            return Outcome.refused("code-wrong");
        }
        if (table.choosePassword(row.id(), codeHash, passwords.encode(newPassword)) == 0)
            return Outcome.refused("code-expired");
        audit.record(row.id().toString(), "password-chosen", row.id().toString());
        LOG.info("password chosen user={}", row.id());
        if (factors.isOn(row.id())) return Outcome.refused("second-factor-needed");
        return Outcome.done(row.person());
    }

    @Override
    public Outcome<OneTimeCode> issueCode(String user, Person by) {
        OneTimeSecret secret = OneTimeSecret.random(random);
        return transaction.execute(status -> {
            Optional<PersonRow> found = table.byUsername(People.normal(user));
            if (found.isEmpty()) return Outcome.refused("user-unknown", user);
            PersonRow row = found.get();
            Instant expiresAt = clock.instant().plus(codeLife);
            // Only people of a store are known at a till.
            Long version = row.storeId() == null ? null : publications.raise(Stream.USERS);
            if (table.openCode(row.id(), secret.hash(), expiresAt, version) == 0)
                return Outcome.refused("user-unknown", user);
            audit.record(by.id().toString(), "code-issued", row.id().toString());
            LOG.info("one-time code issued user={} by={}", row.id(), by.id());
            return Outcome.done(new OneTimeCode(secret.text(), expiresAt));
        });
    }

    @Override
    public Outcome<OneTimeCode> issueActivation(Person by) {
        OneTimeSecret secret = OneTimeSecret.random(random);
        Instant now = clock.instant();
        Instant expiresAt = now.plus(codeLife);
        return transaction.execute(status -> {
            table.insertActivation(secret.hash(), by.id().value(), now, expiresAt);
            audit.record(by.id().toString(), "activation-issued", "store");
            LOG.info("activation code issued by={}", by.id());
            return Outcome.done(new OneTimeCode(secret.text(), expiresAt));
        });
    }

    private Outcome<Person> locked(PersonRow row, Instant now) {
        Instant until = table.byUsername(row.username())
                .map(PersonRow::lockedUntil)
                .filter(each -> each.isAfter(now))
                .orElse(now);
        long minutes = Math.max(1, (Duration.between(now, until).toSeconds() + 59) / 60);
        return Outcome.refused("sign-in-locked", Long.toString(minutes));
    }

    /** A password of megabytes is nobody's, and hashing it would be work for nothing. */
    private static String cut(String password) {
        return password.length() > MAX_PASSWORD ? password.substring(0, MAX_PASSWORD + 1) : password;
    }

    private static boolean isWeak(String password, String username) {
        return password.length() < MIN_PASSWORD
                || password.length() > MAX_PASSWORD
                || password.chars().distinct().count() < 4
                || People.normal(password).equals(username);
    }

    /** Any Unicode on both sides of the one sign that counts; what cannot stand in an address or a log is refused. */
    static boolean isEmail(String text) {
        int at = text.lastIndexOf('@');
        return at > 0
                && at < text.length() - 1
                && text.length() <= MAX_EMAIL
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c)
                                || Character.isWhitespace(c)
                                || Character.getType(c) == Character.FORMAT);
    }
}
