package mx.refahub.routes.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections to the hub's broker that know whether one of them stands. */
public final class LinkWatch implements ConnectionFactory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkWatch.class);

    private final ActiveMQConnectionFactory connections;
    private final Set<RemotingConnection> made = ConcurrentHashMap.newKeySet();

    LinkWatch(ActiveMQConnectionFactory connections) {
        this.connections = connections;
    }

    /** Returns at once. What is under the sessions is asked and not their factory, which would connect anew to answer. */
    public boolean linked() {
        made.removeIf(RemotingConnection::isDestroyed);
        return !made.isEmpty();
    }

    @Override
    public Connection createConnection() throws JMSException {
        return watched(connections.createConnection());
    }

    @Override
    public Connection createConnection(String user, String password) throws JMSException {
        return watched(connections.createConnection(user, password));
    }

    /** One line each time the link comes, none for each try while it is away. */
    private synchronized Connection watched(Connection connection) {
        boolean stood = linked();
        if (connection instanceof ActiveMQConnection own)
            made.add(own.getSessionFactory().getConnection());
        if (!stood) LOG.info("linked to the hub's broker");
        return connection;
    }

    @Override
    public JMSContext createContext() {
        return connections.createContext();
    }

    @Override
    public JMSContext createContext(String user, String password) {
        return connections.createContext(user, password);
    }

    @Override
    public JMSContext createContext(String user, String password, int sessionMode) {
        return connections.createContext(user, password, sessionMode);
    }

    @Override
    public JMSContext createContext(int sessionMode) {
        return connections.createContext(sessionMode);
    }

    @Override
    public void close() {
        connections.close();
    }
}
