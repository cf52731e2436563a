package mx.refahub.store.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.store.OneTimeSecret;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.PinAccess;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.PinChosenBody;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PINs and one-time codes. People are the hub's (reference.db); what was chosen or tried here stands in sales.db. A try is counted before it is checked, so
 * that many at once cannot guess more often than one after the other.
 */
public final class SqlitePinAccess implements PinAccess {
    private static final Logger LOG = LoggerFactory.getLogger(SqlitePinAccess.class);
    static final int MOST_TRIES = 5;
    static final Duration LOCK = Duration.ofMinutes(15);
    private static final int SHORTEST = 6;
    private static final int LONGEST = 12;

    private final SqliteFile sales;
    private final SqliteFile reference;
    private final Identities identities;
    private final OutboxWriter outbox;
    private final Clock clock;
    private final SecureRandom random;
    /** Checked when there is nothing to check, so that a wrong name takes as long as a wrong PIN. */
    private final String nobodysHash;

    public SqlitePinAccess(
            SqliteFile sales,
            SqliteFile reference,
            Identities identities,
            OutboxWriter outbox,
            Clock clock,
            SecureRandom random) {
        this.sales = sales;
        this.reference = reference;
        this.identities = identities;
        this.outbox = outbox;
        this.clock = clock;
        this.random = random;
        this.nobodysHash = PinHash.nobodys(random);
    }

    private record Known(
            UUID id,
            String user,
            String name,
            Role role,
            @Nullable String pinHash,
            @Nullable String codeHash,
            @Nullable Instant codeExpiresAt) {
        Person person() {
            return new Person(new UserId(id), name, role);
        }
    }

    private record Secret(
            @Nullable String pinHash,
            @Nullable String replaced,
            @Nullable String spentCode) {
        static final Secret NONE = new Secret(null, null, null);

        /** The own choice, unless the hub has since heard of a later one made elsewhere. */
        @Nullable
        String pinHash(@Nullable String hubs) {
            if (pinHash == null) return hubs;
            boolean laterElsewhere = hubs != null && !hubs.equals(pinHash) && !hubs.equals(replaced);
            return laterElsewhere ? hubs : pinHash;
        }

        boolean spent(String codeHash) {
            return codeHash.equals(spentCode);
        }
    }

    @Override
    public List<Name> people() {
        Map<UUID, Secret> secrets = new HashMap<>();
        sales.read(session -> session.all("""
                select user_id, pin_hash, replaced_pin_hash, spent_code_hash
                from person_secret
                """, row -> secrets.put(row.id("user_id"), secret(row))));
        Instant now = clock.instant();
        return reference.read(session -> session.all("""
                select id, username, name, role, pin_hash, code_hash, code_expires_at
                from person
                order by name, username
                """, row -> {
            Known known = known(row);
            Secret secret = secrets.getOrDefault(known.id(), Secret.NONE);
            boolean openCode = known.codeHash() != null
                    && !secret.spent(known.codeHash())
                    && known.codeExpiresAt() != null
                    && known.codeExpiresAt().isAfter(now);
            return new Name(known.user(), known.name(), openCode || secret.pinHash(known.pinHash()) == null);
        }));
    }

    @Override
    public Outcome<Person> signIn(String user, String pin) {
        Known known = known(user).orElse(null);
        if (known == null) return refuseNobody(pin);
        Optional<Outcome<Person>> locked = countPin(known.id());
        if (locked.isPresent()) return locked.get();
        String hash = sales.read(session -> secret(session, known.id())).pinHash(known.pinHash());
        if (hash == null) return refuseNobody(pin);
        if (!PinHash.matches(pin, hash)) {
            LOG.info("sign-in failed user={}", known.id());
            return Outcome.refused("sign-in-failed");
        }
        forgetTries(known.id());
        LOG.info("signed in user={}", known.id());
        return Outcome.done(known.person());
    }

    @Override
    public Outcome<Person> redeem(String user, String code, String newPin) {
        Identity identity = identities.current().orElse(null);
        Known known = known(user).orElse(null);
        if (identity == null || known == null) return Outcome.refused("code-wrong");
        if (isWeak(newPin)) return Outcome.refused("pin-weak");
        String codeHash = known.codeHash();
        Instant expiresAt = known.codeExpiresAt();
        if (codeHash == null || expiresAt == null) return Outcome.refused("code-wrong");
        if (!countCode(known.id(), codeHash)) return Outcome.refused("code-expired");
        if (!matches(code, codeHash)) {
            LOG.info("code refused user={}", known.id());
            return Outcome.refused("code-wrong");
        }
        if (!expiresAt.isAfter(clock.instant())) return Outcome.refused("code-expired");
        String chosen = PinHash.of(newPin, random);
        boolean first = sales.write(session -> choose(session, identity, known, codeHash, chosen));
        if (!first) return Outcome.refused("code-wrong");
        outbox.ring();
        LOG.info("pin chosen user={}", known.id());
        return Outcome.done(known.person());
    }

    /** @return false if the code was spent already */
    private boolean choose(Session session, Identity identity, Known known, String codeHash, String chosen)
            throws SQLException {
        if (secret(session, known.id()).spent(codeHash)) return false;
        session.updateOne("""
                update person_secret
                set pin_hash = ?, replaced_pin_hash = ?, spent_code_hash = ?, failed_tries = 0, code_tries = 0, locked_until = null
                where user_id = ?
                """, chosen, known.pinHash(), codeHash, known.id());
        OutboxWriter.Slot slot = outbox.next(session);
        outbox.append(
                session,
                slot,
                identity,
                known.id().toString(),
                DocumentType.PIN_CHOSEN,
                DocumentType.PIN_CHOSEN_SCHEMA,
                new PinChosenBody(known.id(), chosen, slot.at()));
        return true;
    }

    /** @return the refusal if there have been too many wrong PINs */
    private Optional<Outcome<Person>> countPin(UUID user) {
        Instant now = clock.instant();
        record Tries(int pins, @Nullable Instant lockedUntil) {}
        return sales.write(session -> {
            know(session, user);
            Tries tries = session.first(
                            """
                    select failed_tries, locked_until
                    from person_secret
                    where user_id = ?
                    """, row -> new Tries(row.small("failed_tries"), row.instantOrNull("locked_until")), user)
                    .orElseThrow();
            Instant lockedUntil = tries.lockedUntil();
            if (lockedUntil != null && now.isBefore(lockedUntil)) {
                long minutes =
                        Duration.between(now, lockedUntil).plusSeconds(59).toMinutes();
                return Optional.of(Outcome.refused("sign-in-locked", Long.toString(minutes)));
            }
            // A lock that has run out starts the count anew.
            int pins = (lockedUntil == null ? tries.pins() : 0) + 1;
            session.updateOne("""
                    update person_secret
                    set failed_tries = ?, locked_until = ?
                    where user_id = ?
                    """, pins, pins >= MOST_TRIES ? now.plus(LOCK) : null, user);
            return Optional.empty();
        });
    }

    /**
     * Each code has its own tries, and wrong PINs do not use them up: a new code is the way out of a lock.
     *
     * @return false if the code is spent by wrong tries
     */
    private boolean countCode(UUID user, String codeHash) {
        return sales.write(session -> {
            know(session, user);
            return session.update("""
                    update person_secret
                    set code_tries = case when tried_code_hash is ? then code_tries + 1 else 1 end, tried_code_hash = ?
                    where user_id = ?
                    and (tried_code_hash is not ? or code_tries < ?)
                    """, codeHash, codeHash, user, codeHash, MOST_TRIES) == 1;
        });
    }

    private static void know(Session session, UUID user) throws SQLException {
        session.update("""
                insert into person_secret (user_id)
                values (?)
                on conflict do nothing
                """, user);
    }

    private void forgetTries(UUID user) {
        sales.change(session -> session.updateOne("""
                update person_secret
                set failed_tries = 0, locked_until = null
                where user_id = ?
                """, user));
    }

    private Outcome<Person> refuseNobody(String pin) {
        if (PinHash.matches(pin, nobodysHash)) throw new IllegalStateException("nobody's PIN was guessed");
        return Outcome.refused("sign-in-failed");
    }

    private Optional<Known> known(String user) {
        String name = Normalizer.normalize(user, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
        return reference.read(session -> session.first("""
                select id, username, name, role, pin_hash, code_hash, code_expires_at
                from person
                where username = ?
                """, SqlitePinAccess::known, name));
    }

    private static Known known(Row row) throws SQLException {
        return new Known(
                row.id("id"),
                row.text("username"),
                row.text("name"),
                Role.valueOf(row.text("role")),
                row.textOrNull("pin_hash"),
                row.textOrNull("code_hash"),
                row.instantOrNull("code_expires_at"));
    }

    private static Secret secret(Session session, UUID user) throws SQLException {
        return session.first("""
                select pin_hash, replaced_pin_hash, spent_code_hash
                from person_secret
                where user_id = ?
                """, SqlitePinAccess::secret, user).orElse(Secret.NONE);
    }

    private static Secret secret(Row row) throws SQLException {
        return new Secret(
                row.textOrNull("pin_hash"), row.textOrNull("replaced_pin_hash"), row.textOrNull("spent_code_hash"));
    }

    private static boolean matches(String typed, String codeHash) {
        String typedHash;
        try {
            typedHash = new OneTimeSecret(typed).hash();
        } catch (IllegalArgumentException e) {
            return false;
        }
        return MessageDigest.isEqual(
                typedHash.getBytes(StandardCharsets.US_ASCII), codeHash.getBytes(StandardCharsets.US_ASCII));
    }

    /** Not 6 to 12 digits, all alike, or a run like 123456 or 987654. */
    static boolean isWeak(String pin) {
        if (pin.length() < SHORTEST || pin.length() > LONGEST) return true;
        if (!pin.chars().allMatch(c -> c >= '0' && c <= '9')) return true;
        int step = pin.charAt(1) - pin.charAt(0);
        if (step < -1 || step > 1) return false;
        for (int i = 1; i < pin.length(); i++) if (pin.charAt(i) - pin.charAt(i - 1) != step) return false;
        return true;
    }
}
