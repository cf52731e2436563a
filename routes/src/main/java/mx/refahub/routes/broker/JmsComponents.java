package mx.refahub.routes.broker;

import jakarta.jms.ConnectionFactory;
import mx.refahub.routes.WorkLink;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.component.jms.ConsumerType;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsConfiguration;
import org.springframework.jms.connection.CachingConnectionFactory;

/** Camel's view of a broker: bytes and texts in and out, never a Java object, and no answer to an address that a message names. */
public final class JmsComponents {
    private JmsComponents() {}

    /**
     * @param listening for consumers, whose container looks after its connection itself
     * @param sending for producers; should keep its connection between messages
     */
    public static JmsComponent over(ConnectionFactory listening, ConnectionFactory sending) {
        JmsConfiguration configuration = new JmsConfiguration();
        configuration.setConnectionFactory(sending);
        configuration.setListenerConnectionFactory(listening);
        configuration.setTemplateConnectionFactory(sending);
        configuration.setMessageConverter(new PlainMessages());
        configuration.setObjectMessageEnabled(false);
        configuration.setStreamMessageTypeEnabled(false);
        configuration.setTransferExchange(false);
        configuration.setTransferException(false);
        configuration.setAllowSerializedHeaders(false);
        configuration.setDisableReplyTo(true);
        configuration.setDeliveryPersistent(true);
        configuration.setAcceptMessagesWhileStopping(false);
        // How long a stop waits for a consumer that waits for a message; costs no call to the broker.
        configuration.setReceiveTimeout(250);
        configuration.setConsumerType(ConsumerType.Custom);
        configuration.setMessageListenerContainerFactory(PatientContainer::of);
        configuration.setCacheLevelName("CACHE_CONSUMER");
        // A transaction is its session's own. A transaction manager would make a connection for each wait, four a
        // second on an idle link.
        configuration.setLazyCreateTransactionManager(false);
        return new JmsComponent(configuration);
    }

    /** For a broker at which this process only listens. */
    public static JmsComponent listeningTo(ConnectionFactory connections) {
        return over(connections, connections);
    }

    /** Connections whose consumers fetch a message only when they are free: what waits is everybody's. */
    public static ConnectionFactory oneAtATime(WorkLink link) {
        ActiveMQConnectionFactory connections = BrokerParts.connections(
                PinnedHub.address(link.url(), link.hubKey().isEmpty() ? null : link.hubKey()));
        connections.setUser(link.user());
        connections.setPassword(link.password());
        return oneAtATime(connections);
    }

    static ActiveMQConnectionFactory oneAtATime(ActiveMQConnectionFactory connections) {
        connections.setConsumerWindowSize(0);
        return connections;
    }

    public static CachingConnectionFactory caching(ConnectionFactory connections) {
        CachingConnectionFactory caching = new CachingConnectionFactory(connections);
        caching.setSessionCacheSize(8);
        return caching;
    }
}
