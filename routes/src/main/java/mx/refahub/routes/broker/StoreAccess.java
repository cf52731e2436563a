package mx.refahub.routes.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import javax.security.auth.Subject;
import mx.refahub.domain.delivery.BrokerAccounts;
import mx.refahub.domain.delivery.BrokerAccounts.Account;
import mx.refahub.domain.job.WorkDoor;
import mx.refahub.routes.Channels;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store may send to its own up address and consume its own down queue, and nothing else. A worker may take orders. The hub itself may do all. */
final class StoreAccess implements ActiveMQSecurityManager5 {
    private static final Logger LOG = LoggerFactory.getLogger(StoreAccess.class);

    /** Carried in the subject, so that a permission check asks no database. */
    private record AccountPrincipal(Account account) implements Principal {
        @Override
        public String getName() {
            return account.slug();
        }
    }

    private record HubPrincipal() implements Principal {
        @Override
        public String getName() {
            return "hub";
        }
    }

    private record WorkerPrincipal() implements Principal {
        @Override
        public String getName() {
            return WorkDoor.USER;
        }
    }

    private final BrokerAccounts accounts;
    private final String hubUser;
    private final byte[] hubPassword;
    private final byte[] workerPassword;
    private final LongAdder refused = new LongAdder();

    StoreAccess(BrokerAccounts accounts, String hubUser, String hubPassword, String workerPassword) {
        this.accounts = accounts;
        this.workerPassword = workerPassword.getBytes(StandardCharsets.UTF_8);
        this.hubUser = hubUser;
        this.hubPassword = hubPassword.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public @Nullable Subject authenticate(
            @Nullable String user,
            @Nullable String password,
            @Nullable RemotingConnection connection,
            @Nullable String securityDomain) {
        if (user == null || password == null) return null;
        if (user.equals(hubUser)) {
            if (!MessageDigest.isEqual(hubPassword, password.getBytes(StandardCharsets.UTF_8))) return null;
            return subject(user, new HubPrincipal());
        }
        if (user.equals(WorkDoor.USER)) {
            if (MessageDigest.isEqual(workerPassword, password.getBytes(StandardCharsets.UTF_8)))
                return subject(user, new WorkerPrincipal());
            refused.increment();
            LOG.warn("broker sign-in refused user={}", user);
            return null;
        }
        try {
            Optional<Account> account = accounts.signIn(user, password);
            if (account.isPresent()) return subject(user, new AccountPrincipal(account.get()));
            refused.increment();
            LOG.warn("broker sign-in refused user={}", printable(user));
            return null;
        } catch (RuntimeException e) {
            // The registry cannot be asked now; the store tries again, as after any refusal.
            LOG.warn("broker sign-in not decided user={} reason={}", printable(user), e.getMessage());
            return null;
        }
    }

    private static String printable(String user) {
        return user.replaceAll("[^A-Za-z0-9._-]", "?");
    }

    private static Subject subject(String user, Principal kind) {
        return new Subject(true, Set.of(new UserPrincipal(user), kind), Set.of(), Set.of());
    }

    @Override
    public boolean authorize(
            @Nullable Subject subject, @Nullable Set<Role> roles, CheckType type, @Nullable String address) {
        if (subject == null || address == null) return false;
        if (!subject.getPrincipals(HubPrincipal.class).isEmpty()) return true;
        if (!subject.getPrincipals(WorkerPrincipal.class).isEmpty())
            return type == CheckType.CONSUME
                    && (address.equals(Channels.WORK) || address.equals(Channels.WORK + "::" + Channels.WORK));
        return subject.getPrincipals(AccountPrincipal.class).stream()
                .anyMatch(principal -> may(principal.account(), type, address));
    }

    private static boolean may(Account account, CheckType type, String address) {
        if (type == CheckType.SEND) return address.equals(Channels.up(account.slug()));
        // For a consumer the broker names address and queue; either form must be wholly the store's own.
        String down = Channels.down(account.slug());
        return type == CheckType.CONSUME && (address.equals(down) || address.equals(down + "::" + down));
    }

    /** Sign-ins that were turned down since the start. */
    long refused() {
        return refused.sum();
    }

    @Override
    public boolean validateUser(String user, String password) {
        return authenticate(user, password, null, null) != null;
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType checkType) {
        return false;
    }
}
