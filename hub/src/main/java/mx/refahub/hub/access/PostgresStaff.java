package mx.refahub.hub.access;

import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.ConsoleAccess.OneTimeCode;
import mx.refahub.domain.hub.Staff;
import mx.refahub.domain.store.OneTimeSecret;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.HubSettings;
import mx.refahub.hub.access.StaffTable.MemberRow;
import mx.refahub.hub.stream.Publications;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresStaff implements Staff {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresStaff.class);
    private static final int MAX_NAME = 100;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int LIMIT_SCALE = 2;

    private final StaffTable table;
    private final Publications publications;
    private final AuditTrail audit;
    private final SecureRandom random;
    private final IdSource ids;
    private final Clock clock;
    private final HubSettings settings;
    private final TransactionTemplate transaction;

    PostgresStaff(
            StaffTable table,
            Publications publications,
            AuditTrail audit,
            SecureRandom random,
            IdSource ids,
            Clock clock,
            HubSettings settings,
            TransactionTemplate transaction) {
        this.table = table;
        this.publications = publications;
        this.audit = audit;
        this.random = random;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
        this.transaction = transaction;
    }

    @Override
    public List<Member> all() {
        return table.all().stream().map(MemberRow::member).toList();
    }

    @Override
    public Outcome<Hired> hire(Hiring hiring, Person by) {
        String user = People.normal(hiring.user());
        String name = hiring.name().strip();
        boolean console = Staff.worksAtTheConsole(hiring.role());
        if (!isName(name)) return Outcome.refused("name-missing", Integer.toString(MAX_NAME));
        if (console && !PostgresConsoleAccess.isEmail(user)) return Outcome.refused("email-invalid", user);
        if (!console && !user.matches("[\\p{L}\\p{N}._-]{2,40}")) return Outcome.refused("user-name-invalid");
        if (!isLimit(hiring.discountLimit())) return Outcome.refused("limit-invalid");
        UUID store = hiring.store() == null ? null : hiring.store().value();
        if (console && store != null) return Outcome.refused("role-without-store");
        if (!console && store == null) return Outcome.refused("role-needs-store");
        if (store != null && !table.hasStore(store)) return Outcome.refused("store-unknown");
        OneTimeSecret secret = OneTimeSecret.random(random);
        return transaction.execute(status -> {
            UUID id = ids.next();
            Instant now = clock.instant();
            Instant expiresAt = now.plus(settings.codeLife());
            int made = table.hire(
                    id,
                    user,
                    name,
                    hiring.role().name(),
                    store,
                    console ? null : hiring.discountLimit(),
                    secret.hash(),
                    expiresAt,
                    publications.raise(Stream.USERS),
                    now);
            if (made == 0) return Outcome.refused("user-exists", user);
            audit.record(by.id().toString(), "hired " + hiring.role(), id.toString());
            LOG.info("person hired user={} role={} store={} by={}", id, hiring.role(), store, by.id());
            return Outcome.done(new Hired(row(id).member(), new OneTimeCode(secret.text(), expiresAt)));
        });
    }

    @Override
    public Outcome<Member> change(UserId id, Change change, Person by) {
        String name = change.name().strip();
        if (!isName(name)) return Outcome.refused("name-missing", Integer.toString(MAX_NAME));
        if (!isLimit(change.discountLimit())) return Outcome.refused("limit-invalid");
        return with(id, row -> {
            Role role = Role.valueOf(row.role());
            if (Staff.worksAtTheConsole(role) != Staff.worksAtTheConsole(change.role()))
                return Outcome.refused("role-other-kind");
            if (role == Role.ADMIN && change.role() != Role.ADMIN && isLastAdministrator(row))
                return Outcome.refused("last-administrator");
            table.change(
                    row.id(),
                    name,
                    change.role().name(),
                    Staff.worksAtTheConsole(role) ? null : change.discountLimit(),
                    publications.raise(Stream.USERS));
            return told(row, "changed to " + change.role(), by);
        });
    }

    @Override
    public Outcome<Member> remove(UserId id, Person by) {
        if (id.equals(by.id())) return Outcome.refused("own-account");
        return with(id, row -> {
            if (row.removedAt() != null) return Outcome.done(row.member());
            if (Role.valueOf(row.role()) == Role.ADMIN && isLastAdministrator(row))
                return Outcome.refused("last-administrator");
            table.setRemoved(row.id(), clock.instant(), publications.raise(Stream.USERS));
            return told(row, "removed", by);
        });
    }

    @Override
    public Outcome<Member> bringBack(UserId id, Person by) {
        return with(id, row -> {
            if (row.removedAt() == null) return Outcome.done(row.member());
            table.setRemoved(row.id(), null, publications.raise(Stream.USERS));
            return told(row, "brought back", by);
        });
    }

    private Outcome<Member> with(UserId id, Function<MemberRow, Outcome<Member>> act) {
        return transaction.execute(status ->
                table.one(id.value()).map(act).orElseGet(() -> Outcome.refused("user-unknown", id.toString())));
    }

    private Outcome<Member> told(MemberRow row, String act, Person by) {
        audit.record(by.id().toString(), act, row.id().toString());
        LOG.info("person {} user={} by={}", act, row.id(), by.id());
        return Outcome.done(row(row.id()).member());
    }

    private MemberRow row(UUID id) {
        return table.one(id).orElseThrow(() -> new IllegalStateException("person " + id + " vanished"));
    }

    private boolean isLastAdministrator(MemberRow row) {
        return table.otherAdministrators(row.id()) == 0;
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME
                && name.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    }

    private static boolean isLimit(@Nullable BigDecimal limit) {
        return limit == null
                || limit.signum() >= 0
                        && limit.compareTo(HUNDRED) <= 0
                        && limit.stripTrailingZeros().scale() <= LIMIT_SCALE;
    }
}
