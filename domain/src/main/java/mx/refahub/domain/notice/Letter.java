package mx.refahub.domain.notice;

import java.util.List;
import java.util.UUID;

/**
 * One letter to one recipient, ready to leave.
 *
 * @param messageId the same at each try, so that whoever gets it twice can tell (RFC 5322, section 3.6.4)
 * @param sender as it stands in From: {@code Name <address>}
 */
public record Letter(
        UUID id,
        String messageId,
        String sender,
        String recipient,
        String subject,
        String text,
        String html,
        List<Attachment> attachments) {
    public record Attachment(String name, String type, byte[] content) {}

    public Letter {
        attachments = List.copyOf(attachments);
    }

    /** Never what it says. */
    @Override
    public String toString() {
        return "Letter[" + id + "]";
    }
}
