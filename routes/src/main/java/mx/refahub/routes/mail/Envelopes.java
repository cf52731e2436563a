package mx.refahub.routes.mail;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import mx.refahub.domain.Failure;
import mx.refahub.domain.notice.Letter;

/** A letter as MIME (RFC 2045): plain text and HTML side by side, files beside both. */
public final class Envelopes {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final Session NOBODY = Session.getInstance(new Properties());

    /** @throws Failure {@code REJECTED} if it cannot be one */
    public MimeMessage closed(Letter letter) {
        try {
            MimeMessage message = new MimeMessage(NOBODY);
            message.setFrom(sender(letter.sender()));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(letter.recipient(), true));
            message.setSubject(letter.subject(), UTF_8);
            // Answers of holiday robots to a machine help nobody (RFC 3834).
            message.setHeader("Auto-Submitted", "auto-generated");
            message.setContent(content(letter));
            message.saveChanges();
            // Ours, not the one that saving makes up.
            message.setHeader("Message-ID", letter.messageId());
            return message;
        } catch (AddressException e) {
            throw new Failure(mx.refahub.domain.FailureKind.REJECTED, "not an address: " + letter.recipient(), e);
        } catch (MessagingException | UnsupportedEncodingException e) {
            throw new IllegalStateException("letter " + letter.id() + " cannot be written", e);
        }
    }

    private static InternetAddress sender(String text) throws AddressException, UnsupportedEncodingException {
        int begins = text.lastIndexOf('<');
        if (begins < 1) return new InternetAddress(text, true);
        InternetAddress address = new InternetAddress(text.substring(begins + 1, text.length() - 1), true);
        address.setPersonal(text.substring(0, begins).strip(), UTF_8);
        return address;
    }

    private static MimeMultipart content(Letter letter) throws MessagingException, UnsupportedEncodingException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText(letter.text(), UTF_8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(letter.html(), UTF_8, "html");
        MimeMultipart words = new MimeMultipart("alternative", text, html);
        if (letter.attachments().isEmpty()) return words;
        MimeBodyPart first = new MimeBodyPart();
        first.setContent(words);
        MimeMultipart all = new MimeMultipart("mixed", first);
        for (Letter.Attachment each : letter.attachments()) {
            MimeBodyPart file = new MimeBodyPart();
            file.setDataHandler(new DataHandler(new ByteArrayDataSource(each.content(), each.type())));
            file.setFileName(MimeUtility.encodeText(each.name(), UTF_8, null));
            all.addBodyPart(file);
        }
        return all;
    }
}
