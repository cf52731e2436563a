package mx.refahub.system.paper;

import mx.refahub.domain.document.Frame;
import mx.refahub.domain.document.FrameCodec;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/** A paper store's connection to the hub's broker, with the right of its own user and no other; each frame is on the hub's disk when {@link #send} returns. */
public final class PaperUplink implements AutoCloseable {
    private static final String UP = "refahub.up.";

    private final ServerLocator locator;
    private final ClientSessionFactory factory;
    private final ClientSession session;
    private final ClientProducer producer;

    public PaperUplink(PaperStore store) {
        try {
            String url = store.brokerUrl();
            locator = ActiveMQClient.createServerLocator(
                    url.contains("sslEnabled") ? url + "&trustAll=true&verifyHost=false" : url);
            locator.setBlockOnDurableSend(true);
            locator.setMinLargeMessageSize(512 * 1024);
            factory = locator.createSessionFactory();
            session = factory.createSession(store.brokerUser(), store.brokerPassword(), false, true, true, false, 0);
            producer = session.createProducer(UP + store.slug());
        } catch (Exception e) {
            throw new IllegalStateException("no session at the hub's broker", e);
        }
    }

    /** @param times that differ let the same frame through the broker's own memory of what it has seen */
    public void send(Frame frame, int times) throws ActiveMQException {
        ClientMessage message = session.createMessage(Message.BYTES_TYPE, true);
        message.putStringProperty("_AMQ_DUPL_ID", frame.duplicateId() + "/" + times);
        message.putStringProperty("JMSXGroupID", frame.store().toString());
        message.putIntProperty("refahub_epoch", frame.epoch());
        message.putLongProperty("refahub_first", frame.first());
        message.putLongProperty("refahub_last", frame.last());
        message.getBodyBuffer().writeBytes(FrameCodec.encode(frame));
        producer.send(message);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (ActiveMQException e) {
            throw new IllegalStateException(e);
        } finally {
            factory.close();
            locator.close();
        }
    }
}
