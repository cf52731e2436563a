package mx.refahub.routes.failure;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.ActLog;
import mx.refahub.domain.message.DeadLetters;
import mx.refahub.domain.store.Person;
import mx.refahub.routes.Channels;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Over plain JMS, so that a broker outside is the same. */
public final class BrokerDeadLetters implements DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerDeadLetters.class);
    /** What a broker puts on a letter that it gave up by itself. */
    private static final String ORIGINAL_ADDRESS = "_AMQ_ORIG_ADDRESS";

    private static final String ORIGINAL_QUEUE = "_AMQ_ORIG_QUEUE";
    private static final String VALIDATED_USER = "JMSXUserID";
    private static final Pattern ID = Pattern.compile("ID:[A-Za-z0-9-]{1,80}");
    private static final int PREVIEW = 300;
    private static final int LONGEST_REASON = 500;
    private static final long FETCH_MILLIS = 1_000;

    private final ConnectionFactory connections;
    private final ActLog log;

    public BrokerDeadLetters(ConnectionFactory connections, ActLog log) {
        this.connections = connections;
        this.log = log;
    }

    @Override
    public Outcome<List<Letter>> letters(int most) {
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(session.createQueue(Channels.DEAD))) {
            connection.start();
            List<Letter> letters = new ArrayList<>();
            Enumeration<?> all = browser.getEnumeration();
            while (letters.size() < most && all.hasMoreElements()) letters.add(letter((Message) all.nextElement()));
            return Outcome.done(letters);
        } catch (JMSException e) {
            LOG.warn("dead letters cannot be read reason={}", e.toString());
            return Outcome.refused("broker-away");
        }
    }

    private static Letter letter(Message message) throws JMSException {
        byte[] body = bytes(message);
        String preview = new String(body, 0, Math.min(body.length, PREVIEW), StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\uFFFD]+", " ");
        return new Letter(
                message.getJMSMessageID(),
                Instant.ofEpochMilli(message.getJMSTimestamp()),
                text(message, Troubles.ROUTE),
                text(message, Troubles.KIND),
                text(message, Troubles.REASON),
                home(message),
                body.length,
                preview);
    }

    private static String text(Message message, String name) throws JMSException {
        String value = message.getStringProperty(name);
        return value == null ? "" : value;
    }

    private static @Nullable String home(Message message) throws JMSException {
        String noted = message.getStringProperty(Troubles.HOME);
        if (noted != null) return noted;
        String address = message.getStringProperty(ORIGINAL_ADDRESS);
        String queue = message.getStringProperty(ORIGINAL_QUEUE);
        return address == null ? null : queue == null || queue.equals(address) ? address : address + "::" + queue;
    }

    private static byte[] bytes(Message message) throws JMSException {
        return switch (message) {
            case BytesMessage bytes -> {
                byte[] body = new byte[(int) bytes.getBodyLength()];
                bytes.reset();
                bytes.readBytes(body);
                yield body;
            }
            case TextMessage text ->
                text.getText() == null ? new byte[0] : text.getText().getBytes(StandardCharsets.UTF_8);
            default -> new byte[0];
        };
    }

    @Override
    public Outcome<String> resend(String letter, Person by) {
        return take(letter, (session, message) -> {
            String home = home(message);
            if (home == null || !(message instanceof BytesMessage || message instanceof TextMessage))
                return Outcome.refused("letter-homeless");
            log.acts(by, "letter-resent", letter + " " + home);
            Message copy = copy(session, message);
            try (MessageProducer producer = session.createProducer(session.createQueue(home))) {
                producer.send(copy);
            }
            LOG.info("dead letter sent again letter={} home={} by={}", letter, home, by.id());
            return Outcome.done(letter);
        });
    }

    private static Message copy(Session session, Message message) throws JMSException {
        Message copy;
        if (message instanceof TextMessage text) copy = session.createTextMessage(text.getText());
        else {
            BytesMessage bytes = session.createBytesMessage();
            bytes.writeBytes(bytes(message));
            copy = bytes;
        }
        String sender = message.getStringProperty(Troubles.SENDER);
        if (sender == null) sender = message.getStringProperty(VALIDATED_USER);
        if (sender != null) copy.setStringProperty(Troubles.SENDER, sender);
        return copy;
    }

    @Override
    public Outcome<String> discard(String letter, String reason, Person by) {
        String why = reason.strip().replaceAll("\\p{Cntrl}", " ");
        if (why.isEmpty() || why.length() > LONGEST_REASON) return Outcome.refused("reason-needed");
        return take(letter, (session, message) -> {
            log.acts(by, "letter-discarded", letter + " " + why);
            LOG.info("dead letter discarded letter={} by={}", letter, by.id());
            return Outcome.done(letter);
        });
    }

    private interface Act {
        Outcome<String> on(Session session, Message message) throws JMSException;
    }

    /** The letter leaves, and whatever the act sends goes, in one transaction of the broker. */
    private Outcome<String> take(String letter, Act act) {
        if (!ID.matcher(letter).matches()) return Outcome.refused("letter-unknown");
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
            connection.start();
            Queue dead = session.createQueue(Channels.DEAD);
            try (MessageConsumer consumer = session.createConsumer(dead, "JMSMessageID = '" + letter + "'")) {
                Message message = consumer.receive(FETCH_MILLIS);
                if (message == null) return Outcome.refused("letter-unknown");
                Outcome<String> outcome = act.on(session, message);
                if (outcome instanceof Outcome.Done<String>) session.commit();
                else session.rollback();
                return outcome;
            }
        } catch (JMSException e) {
            LOG.warn("dead letter was not moved letter={} reason={}", letter, e.toString());
            return Outcome.refused("broker-away");
        }
    }
}
