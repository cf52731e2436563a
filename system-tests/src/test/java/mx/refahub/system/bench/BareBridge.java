package mx.refahub.system.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.config.BridgeConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/**
 * Two brokers and a bridge, and nothing around them: one durable message per document, sent blocking, received and confirmed one by one. With the journal settings of ours, so that what
 * differs is what we do.
 */
final class BareBridge implements AutoCloseable {
    private static final String QUEUE = "documents";
    private static final int PATIENCE_SECONDS = 600;

    private final EmbeddedActiveMQ near = new EmbeddedActiveMQ();
    private final EmbeddedActiveMQ far = new EmbeddedActiveMQ();
    private final ServerLocator here;
    private final ServerLocator there;
    private final ClientSessionFactory sending;
    private final ClientSessionFactory receiving;

    BareBridge(Path folder) throws Exception {
        int nearPort = freePort();
        int farPort = freePort();
        far.setConfiguration(broker("far", folder.resolve("far"), farPort));
        far.start();
        near.setConfiguration(broker("near", folder.resolve("near"), nearPort)
                .addConnectorConfiguration("far", "tcp://127.0.0.1:" + farPort)
                .setBridgeConfigurations(List.of(new BridgeConfiguration()
                        .setName("up")
                        .setQueueName(QUEUE)
                        .setForwardingAddress(QUEUE)
                        .setStaticConnectors(List.of("far"))
                        .setUseDuplicateDetection(false)
                        .setConfirmationWindowSize(1024 * 1024))));
        near.start();
        here = ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + nearPort);
        here.setBlockOnDurableSend(true);
        there = ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + farPort);
        there.setBlockOnAcknowledge(true);
        sending = here.createSessionFactory();
        receiving = there.createSessionFactory();
    }

    private static Configuration broker(String name, Path folder, int port) throws Exception {
        return new ConfigurationImpl()
                .setName(name)
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setJournalDirectory(folder.resolve("journal").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setJournalType(JournalType.NIO)
                .setJournalBufferTimeout_NIO(200_000)
                .setJournalFileSize(10 * 1024 * 1024)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + port + "?protocols=CORE")
                .addQueueConfiguration(QueueConfiguration.of(QUEUE)
                        .setAddress(QUEUE)
                        .setRoutingType(RoutingType.ANYCAST)
                        .setDurable(true));
    }

    /** @return messages per second, from the first that is sent to the last that is confirmed */
    double perSecond(int messages, int bytes) throws Exception {
        CountDownLatch all = new CountDownLatch(messages);
        try (ClientSession in = receiving.createSession(false, true, false);
                ClientSession out = sending.createSession(true, true)) {
            ClientConsumer consumer = in.createConsumer(QUEUE);
            consumer.setMessageHandler(message -> {
                try {
                    message.individualAcknowledge();
                } catch (org.apache.activemq.artemis.api.core.ActiveMQException e) {
                    throw new IllegalStateException(e);
                }
                all.countDown();
            });
            in.start();
            ClientProducer producer = out.createProducer(QUEUE);
            long begun = System.nanoTime();
            for (int i = 0; i < messages; i++) producer.send(message(out, bytes));
            if (!all.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                throw new IllegalStateException(all.getCount() + " messages did not arrive");
            return messages * 1e9 / (System.nanoTime() - begun);
        }
    }

    /** @return microseconds from before the send until the message is confirmed at the other end, sorted; one at a time */
    long[] each(int messages, int bytes) throws Exception {
        long[] micros = new long[messages];
        try (ClientSession in = receiving.createSession(false, true, false);
                ClientSession out = sending.createSession(true, true)) {
            ClientConsumer consumer = in.createConsumer(QUEUE);
            in.start();
            ClientProducer producer = out.createProducer(QUEUE);
            for (int i = 0; i < messages; i++) {
                long begun = System.nanoTime();
                producer.send(message(out, bytes));
                ClientMessage got = consumer.receive(PATIENCE_SECONDS * 1_000L);
                if (got == null) throw new IllegalStateException("a message did not arrive");
                got.individualAcknowledge();
                micros[i] = (System.nanoTime() - begun) / 1_000;
            }
        }
        Arrays.sort(micros);
        return micros;
    }

    private static ClientMessage message(ClientSession session, int bytes) {
        ClientMessage message = session.createMessage(Message.BYTES_TYPE, true);
        message.getBodyBuffer().writeBytes(new byte[bytes]);
        return message;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws Exception {
        sending.close();
        receiving.close();
        here.close();
        there.close();
        near.stop();
        far.stop();
    }
}
