package mx.refahub.routes.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.notice.MailServer;
import mx.refahub.domain.notice.MailTrouble;
import mx.refahub.domain.notice.Outgoing;
import org.apache.camel.component.mail.JavaMailSender;
import org.apache.camel.component.mail.MailAuthenticator;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Sends by the server that is set at that moment, so that a change in the console needs no restart and no password stands in an endpoint's address. One connection for each
 * letter. What the server answers becomes a {@link Failure}: 5xx to the recipient or to the letter itself is final (RFC 5321, section 4.2.1); all else may pass,
 * also what is said of our account and our sender, which the settings mend for all letters.
 */
final class ServerOfTheDay implements JavaMailSender {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int PERMANENT = 500;
    /** What ends a letter's text; the answer to it is about the letter. */
    private static final String END = ".";

    private static final int LONGEST = 300;

    private final Outgoing outgoing;
    private final Optional<SSLSocketFactory> trust;
    private final Duration answer;

    /** @param answer how long the server may think about each step */
    ServerOfTheDay(Outgoing outgoing, Optional<SSLSocketFactory> trust, Duration answer) {
        this.outgoing = outgoing;
        this.trust = trust;
        this.answer = answer;
    }

    @Override
    public void send(MimeMessage message) {
        MailServer server = outgoing.server()
                .orElseThrow(
                        () -> Failure.retryable("Todavía no hay servidor de correo: ponlo en Avisos → Correo.", null));
        Session session = Session.getInstance(properties(server));
        try (Transport transport =
                session.getTransport(server.security() == MailServer.Security.TLS ? "smtps" : "smtp")) {
            if (server.user().isEmpty()) transport.connect(server.host(), server.port(), null, null);
            else transport.connect(server.host(), server.port(), server.user(), server.secret());
            transport.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException e) {
            throw failure(server, e);
        }
    }

    private static Failure failure(MailServer server, MessagingException e) {
        int code = code(e);
        String told = trouble(e).told(server.host(), said(e));
        return code >= PERMANENT ? new Failure(FailureKind.REJECTED, told, e) : Failure.retryable(told, e);
    }

    private static MailTrouble trouble(MessagingException thrown) {
        if (thrown instanceof AuthenticationFailedException) return MailTrouble.PASSWORD;
        for (Exception e = thrown; e != null; e = next(e)) {
            if (e instanceof SMTPAddressFailedException address)
                return MailTrouble.byAnswer(address.getReturnCode(), "RCPT TO");
            if (e instanceof SMTPSendFailedException send)
                return MailTrouble.byAnswer(send.getReturnCode(), send.getCommand());
        }
        return MailTrouble.byFailure(thrown, e -> e instanceof Exception one ? next(one) : null)
                .orElse(MailTrouble.OTHER);
    }

    /** The server's answer about the recipient or, after its last line, the letter, wherever in the chain it stands; 0: none. */
    private static int code(MessagingException thrown) {
        for (Exception e = thrown; e != null; e = next(e)) {
            if (e instanceof SMTPAddressFailedException address) return address.getReturnCode();
            if (e instanceof SMTPSendFailedException send && END.equals(send.getCommand())) return send.getReturnCode();
        }
        return 0;
    }

    private static @Nullable Exception next(Exception e) {
        return e instanceof MessagingException messaging ? messaging.getNextException() : null;
    }

    /** The most telling words: the last of the chain. */
    private static String said(MessagingException thrown) {
        Exception last = thrown;
        for (Exception e = thrown; e != null; e = next(e))
            if (!(e instanceof SendFailedException) || e.getMessage() != null) last = e;
        String words = String.valueOf(last.getMessage()).strip().replaceAll("\\s+", " ");
        return words.substring(0, Math.min(words.length(), LONGEST));
    }

    private Properties properties(MailServer server) {
        String protocol = server.security() == MailServer.Security.TLS ? "mail.smtps." : "mail.smtp.";
        Properties set = new Properties();
        set.setProperty(protocol + "connectiontimeout", Long.toString(CONNECT.toMillis()));
        set.setProperty(protocol + "timeout", Long.toString(answer.toMillis()));
        set.setProperty(protocol + "writetimeout", Long.toString(answer.toMillis()));
        set.setProperty(protocol + "auth", Boolean.toString(!server.user().isEmpty()));
        if (server.security() != MailServer.Security.NONE)
            set.setProperty(protocol + "ssl.checkserveridentity", "true");
        if (server.security() == MailServer.Security.STARTTLS) {
            set.setProperty(protocol + "starttls.enable", "true");
            set.setProperty(protocol + "starttls.required", "true");
        }
        trust.ifPresent(factory -> set.put(protocol + "ssl.socketFactory", factory));
        return set;
    }

    @Override
    public Properties getJavaMailProperties() {
        return new Properties();
    }

    @Override
    public Session getSession() {
        return Session.getInstance(new Properties());
    }

    @Override
    public String getHost() {
        return "";
    }

    @Override
    public int getPort() {
        return 0;
    }

    @Override
    public String getUsername() {
        return "";
    }

    @Override
    public String getPassword() {
        return "";
    }

    @Override
    public String getProtocol() {
        return "smtp";
    }

    @Override
    public @Nullable MailAuthenticator getAuthenticator() {
        return null;
    }

    // The endpoint's own settings do not count here.

    @Override
    public void setJavaMailProperties(Properties unused) {}

    @Override
    public void addAdditionalJavaMailProperty(String unused, String alsoUnused) {}

    @Override
    public void setHost(String unused) {}

    @Override
    public void setPort(int unused) {}

    @Override
    public void setUsername(String unused) {}

    @Override
    public void setPassword(String unused) {}

    @Override
    public void setProtocol(String unused) {}

    @Override
    public void setSession(Session unused) {}

    @Override
    public void setAuthenticator(MailAuthenticator unused) {}
}
