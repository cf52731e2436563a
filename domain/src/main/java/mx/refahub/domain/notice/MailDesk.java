package mx.refahub.domain.notice;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** E-mail as an administrator sets it up, and what became of the letters. */
public interface MailDesk {
    /**
     * @param secretKept whether there is a password; it is never told
     * @param link address of the console, for the letters
     */
    record Account(
            boolean enabled,
            String host,
            int port,
            MailServer.Security security,
            String user,
            boolean secretKept,
            String fromAddress,
            String fromName,
            String link) {}

    record Box(
            boolean enabled,
            String host,
            int port,
            MailServer.Security security,
            String user,
            boolean secretKept,
            String folder,
            String takenFolder,
            String refusedFolder,
            @Nullable Instant lookedAt,
            String failure) {}

    Account account();

    /**
     * @param secret null: the one that is kept
     * @return refused: {@code mail-host}, {@code mail-address}, {@code mail-clear} (a password would be readable on its way), {@code mail-link},
     *     {@code mail-secret-needed} (the one that is kept was typed for another server, user or way)
     */
    Outcome<Account> keep(Account account, @Nullable String secret, Person by);

    Box box();

    /** @return refused: {@code mail-host}, {@code mail-clear}, {@code mail-folder}, {@code mail-secret-needed} */
    Outcome<Box> keep(Box box, @Nullable String secret, Person by);

    /** One letter now, through the account as it is kept. @return refused: {@code mail-address}, {@code mail-off}, {@code mail-host-unknown}, {@code mail-unanswered}, {@code mail-unsafe}, {@code mail-failed} with the server's words */
    Outcome<Sent> test(String recipient, Language language, Person by);

    enum State {
        WAITING,
        SENT,
        DEAD
    }

    record Sent(
            UUID id,
            String event,
            String recipient,
            String subject,
            State state,
            Instant writtenAt,
            Instant dueAt,
            int tries,
            @Nullable Instant sentAt,
            String failure) {}

    /** The newest first. @param state null for all; {@code about} null for all */
    List<Sent> letters(@Nullable State state, @Nullable UUID about, int limit);

    /** A dead one waits again. @return refused: {@code mail-unknown}, {@code letter-left} */
    Outcome<Sent> again(UUID letter, Person by);

    /** @param changed false: as it comes with the program */
    record Template(NoticeEvent event, Language language, String subject, String body, boolean changed) {}

    List<Template> templates();

    /** @return refused: {@code template-place} (a place that the event does not have), {@code template-text} (empty or too long) */
    Outcome<Template> keep(Template template, Person by);

    Outcome<Template> reset(NoticeEvent event, Language language, Person by);

    record Preview(String subject, String text, List<String> paragraphs) {}

    /** With sample values. Refuses as {@link #keep(Template, Person)}. */
    Outcome<Preview> preview(Template template);

    record Received(String sender, String subject, Instant at, int taken, int known, int refused, String reason) {}

    List<Received> received(int limit);

    /**
     * Writes a letter with files, in a transaction of its own or the caller's. Of one id there is one letter, however often it is asked for.
     *
     * @param letter minted by who asks, and again with it
     * @return whether it was written now, or had been before; refused: {@code mail-address}, {@code mail-off}, {@code mail-differs} (that letter has other words or
     *     goes to somebody else)
     */
    Outcome<Boolean> write(
            UUID letter,
            NoticeEvent event,
            String recipient,
            String subject,
            String text,
            List<Letter.Attachment> attachments,
            @Nullable UUID about);

    /** Whether letters can leave. */
    default boolean on() {
        return account().enabled();
    }

    /** The newest letter about something. */
    default Optional<Sent> newest(UUID about) {
        return letters(null, about, 1).stream().findFirst();
    }
}
