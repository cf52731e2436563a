package mx.refahub.routes.broker;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.jms.support.converter.MessageConversionException;
import org.springframework.jms.support.converter.MessageConverter;

/**
 * Bytes and texts, in and out. Anything else comes in as nothing, unread, so that the route can put it aside: a serialized Java object that Camel itself
 * refuses is rolled back to the broker and comes again at once, for ever.
 */
final class PlainMessages implements MessageConverter {
    @Override
    public Message toMessage(Object body, Session session) throws JMSException {
        return switch (body) {
            case byte[] bytes -> {
                BytesMessage message = session.createBytesMessage();
                message.writeBytes(bytes);
                yield message;
            }
            case String text -> session.createTextMessage(text);
            default ->
                throw new MessageConversionException("a " + body.getClass().getName() + " is not sent");
        };
    }

    @Override
    @SuppressWarnings("NullAway") // Camel takes null for an empty body; the interface is older than its annotations.
    public @Nullable Object fromMessage(Message message) throws JMSException {
        return switch (message) {
            case BytesMessage bytes -> {
                byte[] body = new byte[Math.toIntExact(bytes.getBodyLength())];
                if (body.length > 0) bytes.readBytes(body);
                yield body;
            }
            case TextMessage text -> text.getText();
            default -> null;
        };
    }
}
