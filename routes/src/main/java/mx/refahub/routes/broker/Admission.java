package mx.refahub.routes.broker;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mx.refahub.domain.Failure;
import mx.refahub.domain.delivery.BrokerAccounts;
import mx.refahub.domain.delivery.BrokerAccounts.Account;
import mx.refahub.routes.Channels;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a store's two addresses at the hub: a store may not make any by itself, and a bridge waits until the address it forwards to is there.
 */
public final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final HubBroker broker;
    private final BrokerAccounts accounts;
    private volatile boolean prepared;
    private final Set<String> admitted = ConcurrentHashMap.newKeySet();

    public Admission(HubBroker broker, BrokerAccounts accounts) {
        this.broker = broker;
        this.accounts = accounts;
    }

    /**
     * Stores that were not admitted since this process began.
     *
     * @throws Failure {@code RETRYABLE} if the broker is away
     */
    public List<Account> newcomers() {
        if (!prepared) prepare();
        return accounts.all().stream()
                .filter(account -> !admitted.contains(account.slug()))
                .toList();
    }

    /** The embedded broker has these by its configuration; one outside may be new. */
    private void prepare() {
        try (ClientSessionFactory factory = broker.sessions();
                ClientSession session = broker.session(factory)) {
            for (QueueConfiguration queue : HubBroker.queues()) {
                if (!session.queueQuery(queue.getName()).isExists()) session.createQueue(queue);
            }
        } catch (ActiveMQException e) {
            throw Failure.retryable("the hub's own queues were not made", e);
        }
        prepared = true;
    }

    /** Whether there is a queue to tell the store anything. */
    public boolean isAdmitted(String slug) {
        return admitted.contains(slug);
    }

    /** @throws Failure {@code RETRYABLE} if the broker is away */
    public void admit(Account account) {
        String up = Channels.up(account.slug());
        String down = Channels.down(account.slug());
        try (ClientSessionFactory factory = broker.sessions();
                ClientSession session = broker.session(factory)) {
            for (String address : List.of(up, down)) {
                if (!session.addressQuery(SimpleString.of(address)).isExists())
                    session.createAddress(SimpleString.of(address), RoutingType.ANYCAST, false);
            }
            if (!session.queueQuery(SimpleString.of(down)).isExists())
                session.createQueue(QueueConfiguration.of(down)
                        .setAddress(down)
                        .setRoutingType(RoutingType.ANYCAST)
                        .setLastValue(true)
                        .setDurable(true));
        } catch (ActiveMQException e) {
            throw Failure.retryable("addresses of store " + account.store() + " were not made", e);
        }
        admitted.add(account.slug());
        LOG.info("store admitted store={} slug={}", account.store(), account.slug());
    }
}
