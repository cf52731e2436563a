package mx.refahub.hub.access;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.SecondFactors;
import mx.refahub.domain.store.OneTimeSecret;
import mx.refahub.domain.store.Person;
import mx.refahub.hub.access.PersonTable.PersonRow;
import mx.refahub.hub.access.SecondFactorTable.FactorRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Tries are counted with those of the password, before a code is looked at. */
final class PostgresSecondFactors implements SecondFactors {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSecondFactors.class);
    private static final int RECOVERY_CODES = 10;

    private final SecondFactorTable table;
    private final PersonTable people;
    private final AuditTrail audit;
    private final SecretBox box;
    private final SecureRandom random;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Authenticator authenticator = new Authenticator();

    PostgresSecondFactors(
            SecondFactorTable table,
            PersonTable people,
            AuditTrail audit,
            SecretBox box,
            SecureRandom random,
            Clock clock,
            TransactionTemplate transaction) {
        this.table = table;
        this.people = people;
        this.audit = audit;
        this.box = box;
        this.random = random;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Override
    public State state(Person who) {
        return state(who.id().value());
    }

    private State state(UUID person) {
        return isOn(person) ? new State(true, table.recoveryLeft(person)) : new State(false, 0);
    }

    boolean isOn(UUID person) {
        return table.of(person).filter(row -> row.confirmedAt() != null).isPresent();
    }

    /** Whether it is a code that counts now; then it has counted. */
    boolean takes(UUID person, String code) {
        Optional<FactorRow> row = table.of(person);
        if (row.isEmpty()) return false;
        Instant now = clock.instant();
        OptionalLong step = authenticator.step(box.open(row.get().secret(), owner(person)), code, now);
        if (step.isPresent()) return table.take(person, step.getAsLong()) == 1;
        return row.get().confirmedAt() != null && isRecovery(person, code, now);
    }

    private boolean isRecovery(UUID person, String typed, Instant now) {
        try {
            return table.useRecovery(person, new OneTimeSecret(typed).hash(), now) == 1;
        } catch (IllegalArgumentException notACode) {
            return false;
        }
    }

    @Override
    public Outcome<Enrolment> begin(Person who) {
        UUID person = who.id().value();
        byte[] secret = new byte[Authenticator.SECRET_BYTES];
        random.nextBytes(secret);
        if (table.begin(person, box.close(secret, owner(person)), clock.instant()) == 0)
            return Outcome.refused("second-factor-on");
        return Outcome.done(Authenticator.enrolment(secret, who.name()));
    }

    @Override
    public Outcome<List<String>> confirm(Person who, String code) {
        UUID person = who.id().value();
        Optional<FactorRow> row = table.of(person);
        if (row.isEmpty()) return Outcome.refused("second-factor-not-begun");
        if (row.get().confirmedAt() != null) return Outcome.refused("second-factor-on");
        return this.<List<String>>proven(who, code, () -> {
            List<String> codes = new ArrayList<>();
            List<String> hashes = new ArrayList<>();
            for (int i = 0; i < RECOVERY_CODES; i++) {
                OneTimeSecret fresh = OneTimeSecret.random(random);
                codes.add(fresh.text());
                hashes.add(fresh.hash());
            }
            if (table.confirm(person, clock.instant()) == 0) return Outcome.refused("second-factor-on");
            table.keepRecovery(person, hashes);
            said(who, "second-factor-on", person);
            return Outcome.done(codes);
        });
    }

    @Override
    public Outcome<State> takeOff(Person who, String code) {
        UUID person = who.id().value();
        if (!isOn(person)) return Outcome.refused("second-factor-off");
        return proven(who, code, () -> {
            table.delete(person);
            said(who, "second-factor-off", person);
            return Outcome.done(state(person));
        });
    }

    @Override
    public Outcome<State> reset(String user, Person by) {
        Optional<PersonRow> found = people.byUsername(People.normal(user));
        if (found.isEmpty()) return Outcome.refused("user-unknown", user);
        UUID person = found.get().id();
        if (!isOn(person)) return Outcome.refused("second-factor-off");
        return transaction.execute(status -> {
            table.delete(person);
            said(by, "second-factor-reset", person);
            return Outcome.done(state(person));
        });
    }

    private interface Act<T> {
        Outcome<T> go();
    }

    private <T> Outcome<T> proven(Person who, String code, Act<T> act) {
        UUID person = who.id().value();
        Instant now = clock.instant();
        if (people.countTry(person, PostgresConsoleAccess.TRIES, now.plus(PostgresConsoleAccess.LOCK), now) == 0)
            return Outcome.refused("sign-in-locked", Long.toString(PostgresConsoleAccess.LOCK.toMinutes()));
        return transaction.execute(status -> {
            if (!takes(person, code)) return Outcome.refused("second-factor-wrong");
            people.forgiveTries(person);
            return act.go();
        });
    }

    private void said(Person who, String act, UUID subject) {
        audit.record(who.id().toString(), act, subject.toString());
        LOG.info("{} user={} by={}", act, subject, who.id());
    }

    private static byte[] owner(UUID person) {
        return ByteBuffer.allocate(16)
                .putLong(person.getMostSignificantBits())
                .putLong(person.getLeastSignificantBits())
                .array();
    }
}
