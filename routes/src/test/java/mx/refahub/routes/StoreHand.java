package mx.refahub.routes;

import jakarta.jms.ConnectionFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.document.FrameCodec;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A hand at the hub's broker that signs in as somebody and sends what it likes, as a bridge would or as an attacker. */
public final class StoreHand implements AutoCloseable {
    private final ServerLocator locator;
    private final ClientSessionFactory factory;
    private final ClientSession session;

    public StoreHand(String url, String user, String password) throws Exception {
        this(ActiveMQClient.createServerLocator(url), user, password);
    }

    /** The hub's own hand. */
    public static StoreHand over(ConnectionFactory connections) throws Exception {
        ActiveMQConnectionFactory own = (ActiveMQConnectionFactory) connections;
        return new StoreHand(
                ActiveMQClient.createServerLocatorWithoutHA(
                        own.getServerLocator().getStaticTransportConfigurations()),
                own.getUser(),
                own.getPassword());
    }

    private StoreHand(ServerLocator locator, String user, String password) throws Exception {
        this.locator = locator;
        factory = locator.createSessionFactory();
        session = factory.createSession(user, password, false, true, true, false, 0);
        session.start();
    }

    public void send(String slug, Frame frame) throws ActiveMQException {
        send(
                Channels.up(slug),
                FrameCodec.encode(frame),
                frame.duplicateId(),
                frame.store().toString());
    }

    public void send(String address, byte[] bytes, String duplicateId, String group) throws ActiveMQException {
        ClientMessage message = session.createMessage(org.apache.activemq.artemis.api.core.Message.BYTES_TYPE, true);
        message.getBodyBuffer().writeBytes(bytes);
        message.putStringProperty("_AMQ_DUPL_ID", duplicateId);
        message.putStringProperty("_AMQ_GROUP_ID", group);
        put(address, message, Map.of());
    }

    public void sendText(String address, String text, Map<String, String> properties) throws ActiveMQException {
        ClientMessage message = session.createMessage(org.apache.activemq.artemis.api.core.Message.TEXT_TYPE, true);
        message.getBodyBuffer().writeNullableSimpleString(SimpleString.of(text));
        put(address, message, properties);
    }

    /** What JMS calls an ObjectMessage. */
    public void sendSerialized(String address, byte[] javaObject) throws ActiveMQException {
        ClientMessage message = session.createMessage(org.apache.activemq.artemis.api.core.Message.OBJECT_TYPE, true);
        message.getBodyBuffer().writeInt(javaObject.length);
        message.getBodyBuffer().writeBytes(javaObject);
        put(address, message, Map.of());
    }

    private void put(String address, ClientMessage message, Map<String, String> properties) throws ActiveMQException {
        message.setRoutingType(RoutingType.ANYCAST);
        properties.forEach(message::putStringProperty);
        try (var producer = session.createProducer(address)) {
            producer.send(message);
        }
    }

    /** The text of the next message of a queue; null if there is none soon. */
    public String take(String queue) throws ActiveMQException {
        try (ClientConsumer consumer = session.createConsumer(queue)) {
            ClientMessage message = consumer.receive(2_000);
            if (message == null) return null;
            message.acknowledge();
            return String.valueOf(message.getReadOnlyBodyBuffer().readNullableSimpleString());
        }
    }

    public void browse(String queue) throws ActiveMQException {
        session.createConsumer(queue, null, true).close();
    }

    public void makeQueue(String queue, String address, boolean durable) throws ActiveMQException {
        session.createQueue(QueueConfiguration.of(queue)
                .setAddress(address)
                .setRoutingType(RoutingType.ANYCAST)
                .setDurable(durable));
    }

    public void makeAddress(String address) throws ActiveMQException {
        session.createAddress(SimpleString.of(address), RoutingType.ANYCAST, false);
    }

    public void deleteQueue(String queue) throws ActiveMQException {
        session.deleteQueue(queue);
    }

    public static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws Exception {
        session.close();
        factory.close();
        locator.close();
    }
}
