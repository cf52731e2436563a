package mx.refahub.adapters.mail;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.BodyPart;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.StoreClosedException;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.notice.Letter;
import mx.refahub.domain.notice.MailServer;
import mx.refahub.domain.notice.MailTrouble;
import mx.refahub.domain.notice.Mailbox;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.jspecify.annotations.Nullable;

/** A folder over IMAP (RFC 3501, 9051). Messages are named by the folder's validity and their number in it, which no other message ever has. */
public final class ImapMailbox implements Mailbox {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** Bigger ones are not read: no letter with invoices is. */
    private static final int LARGEST = 25 * 1024 * 1024;

    private static final int MOST_PARTS = 200;
    private static final int DEEPEST = 10;
    private static final int LONGEST = 200;

    private final Store store;
    private final Folder folder;
    private final String name;

    private ImapMailbox(Store store, Folder folder, String name) {
        this.store = store;
        this.folder = folder;
        this.name = name;
    }

    /**
     * @param trust for servers that the JDK does not trust by itself; null: as the JDK does
     * @throws Failure {@code REJECTED}: user or password, or no such folder; {@code RETRYABLE}: not reached
     */
    public static ImapMailbox open(MailServer server, String folderName, @Nullable SSLSocketFactory trust) {
        boolean tls = server.security() == MailServer.Security.TLS;
        try {
            Store store = Session.getInstance(properties(server, trust)).getStore(tls ? "imaps" : "imap");
            store.connect(server.host(), server.port(), server.user(), server.secret());
            try {
                Folder folder = store.getFolder(folderName);
                folder.open(Folder.READ_WRITE);
                return new ImapMailbox(
                        store,
                        folder,
                        server.user() + "@" + server.host() + "/" + folderName + ";"
                                + ((UIDFolder) folder).getUIDValidity());
            } catch (MessagingException e) {
                store.close();
                throw e;
            }
        } catch (AuthenticationFailedException e) {
            throw new Failure(FailureKind.REJECTED, MailTrouble.PASSWORD.told(server.host(), e.getMessage()), e);
        } catch (FolderNotFoundException e) {
            throw new Failure(FailureKind.REJECTED, MailTrouble.NO_FOLDER.told(server.host(), folderName), e);
        } catch (MessagingException e) {
            throw Failure.retryable(trouble(e).told(server.host(), e.getMessage()), e);
        }
    }

    private static MailTrouble trouble(MessagingException thrown) {
        return MailTrouble.byFailure(
                        thrown, e -> e instanceof MessagingException messaging ? messaging.getNextException() : null)
                .orElse(MailTrouble.OTHER);
    }

    private static Properties properties(MailServer server, @Nullable SSLSocketFactory trust) {
        String protocol = server.security() == MailServer.Security.TLS ? "mail.imaps." : "mail.imap.";
        Properties set = new Properties();
        set.setProperty(protocol + "connectiontimeout", Long.toString(CONNECT.toMillis()));
        set.setProperty(protocol + "timeout", Long.toString(ANSWER.toMillis()));
        set.setProperty(protocol + "writetimeout", Long.toString(ANSWER.toMillis()));
        set.setProperty(protocol + "peek", "true");
        if (server.security() != MailServer.Security.NONE)
            set.setProperty(protocol + "ssl.checkserveridentity", "true");
        if (server.security() == MailServer.Security.STARTTLS) {
            set.setProperty(protocol + "starttls.enable", "true");
            set.setProperty(protocol + "starttls.required", "true");
        }
        if (trust != null) set.put(protocol + "ssl.socketFactory", trust);
        return set;
    }

    private interface Work<T> {
        T done() throws MessagingException, IOException;
    }

    private <T> T at(Work<T> work) {
        try {
            return work.done();
        } catch (MessagingException | IOException e) {
            throw Failure.retryable(name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<Key> waiting(int most) {
        return at(() -> {
            int count = Math.min(folder.getMessageCount(), most);
            List<Key> keys = new ArrayList<>();
            for (Message message : folder.getMessages(1, count))
                if (!message.isSet(Flags.Flag.DELETED)) keys.add(new Key(name, ((UIDFolder) folder).getUID(message)));
            return keys;
        });
    }

    private @Nullable Message find(Key key) throws MessagingException {
        return name.equals(key.mailbox()) ? ((UIDFolder) folder).getMessageByUID(key.number()) : null;
    }

    @Override
    public Mail read(Key key) {
        return at(() -> {
            Message message = find(key);
            if (message == null) throw Failure.rejected("message " + key.number() + " is gone");
            if (message.getSize() > LARGEST) throw Failure.rejected("message " + key.number() + " is too large");
            try {
                return mail(key, message);
            } catch (Failure e) {
                throw e;
            } catch (MessagingException | IOException | RuntimeException e) {
                if (isGone(e)) throw e;
                throw new Failure(
                        FailureKind.REJECTED, "message " + key.number() + " cannot be read: " + e.getMessage(), e);
            }
        });
    }

    private static Mail mail(Key key, Message message) throws MessagingException, IOException {
        List<Letter.Attachment> files = new ArrayList<>();
        collect(message, files, 0);
        Date at = Optional.ofNullable(message.getReceivedDate()).orElseGet(Date::new);
        return new Mail(key, sender(message), shown(message.getSubject()), Instant.ofEpochMilli(at.getTime()), files);
    }

    /** Whether it was the connection or the folder that failed; else it was the message, and it will fail each time. */
    private boolean isGone(Exception e) {
        return e instanceof FolderClosedException
                || e instanceof StoreClosedException
                || !folder.isOpen()
                || !store.isConnected();
    }

    /** Attachments, also those inside forwarded letters. */
    private static void collect(Part part, List<Letter.Attachment> files, int depth)
            throws MessagingException, IOException {
        if (depth > DEEPEST || files.size() >= MOST_PARTS) return;
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart each = parts.getBodyPart(i);
                collect(each, files, depth + 1);
            }
        } else if (part.isMimeType("message/rfc822") && part.getContent() instanceof Part inner) {
            collect(inner, files, depth + 1);
        } else {
            String file = part.getFileName();
            String type = part.getContentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            if (file == null && !type.contains("xml") && !type.contains("zip")) return;
            try (InputStream in = part.getInputStream()) {
                files.add(new Letter.Attachment(decoded(file), type, in.readNBytes(LARGEST)));
            }
        }
    }

    private static String decoded(@Nullable String file) {
        if (file == null) return "";
        try {
            return shown(MimeUtility.decodeText(file));
        } catch (UnsupportedEncodingException e) {
            return shown(file);
        }
    }

    private static String sender(Message message) throws MessagingException {
        Address[] from = message.getFrom();
        return from == null || from.length == 0
                ? ""
                : shown(Arrays.stream(from).map(String::valueOf).findFirst().orElse(""));
    }

    private static String shown(@Nullable String text) {
        if (text == null) return "";
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
        return clean.substring(0, Math.min(clean.length(), LONGEST));
    }

    @Override
    public void move(Key key, String target) {
        at(() -> {
            Message message = find(key);
            if (message == null) return false;
            Folder to = store.getFolder(target);
            if (!to.exists() && !to.create(Folder.HOLDS_MESSAGES))
                throw new MessagingException("folder " + target + " cannot be made");
            Message[] one = {message};
            if (store instanceof IMAPStore imap && imap.hasCapability("MOVE") && folder instanceof IMAPFolder from) {
                from.moveMessages(one, to);
                return true;
            }
            folder.copyMessages(one, to);
            message.setFlag(Flags.Flag.DELETED, true);
            folder.expunge();
            return true;
        });
    }

    @Override
    public void close() {
        try (store) {
            if (folder.isOpen()) folder.close(false);
        } catch (MessagingException e) {
            // What was asked of it is done; a connection that ends badly has ended.
            return;
        }
    }
}
