package mx.refahub.routes.document;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.Enumeration;
import java.util.OptionalLong;
import mx.refahub.domain.delivery.Relay;
import mx.refahub.routes.Channels;
import mx.refahub.routes.StoreLink;

/**
 * Whether the frames in the store's broker can be all that were put there. A damaged journal starts without a word and lacks some: a zeroed block dropped
 * 14 of 2,000 messages (docs/reliability.md, section 1).
 */
public final class JournalCheck {
    private final ConnectionFactory connections;
    private final StoreLink link;

    public JournalCheck(ConnectionFactory connections, StoreLink link) {
        this.connections = connections;
        this.link = link;
    }

    /**
     * What the bridge takes it takes from the head, so frames may only be missing there. When nobody can know, the answer is no: to send again is harmless.
     *
     * @param leftBehind frames that the last process counted when it ended; empty if it was killed
     */
    public boolean isWhole(Relay relay, OptionalLong leftBehind) {
        if (relay.relayed() == relay.acknowledged()) return true;
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(session.createQueue(Channels.up(link.slug())))) {
            connection.start();
            long end = 0;
            long count = 0;
            for (Enumeration<?> each = browser.getEnumeration(); each.hasMoreElements(); ) {
                Message frame = (Message) each.nextElement();
                count++;
                if (!frame.propertyExists(Frames.EPOCH) || frame.getIntProperty(Frames.EPOCH) != link.epoch()) continue;
                if (end > 0 && frame.getLongProperty(Frames.FIRST) > end + 1) return false;
                end = Math.max(end, frame.getLongProperty(Frames.LAST));
            }
            if (leftBehind.isPresent() && leftBehind.getAsLong() != count) return false;
            return end == 0 ? leftBehind.isPresent() : end >= relay.relayed();
        } catch (JMSException e) {
            throw new IllegalStateException("the store's own broker cannot be read", e);
        }
    }
}
