package mx.refahub.domain.notice;

import java.time.Instant;
import java.util.List;

/** A mailbox of somebody else's server, read and tidied. Failures are {@code RETRYABLE} but for what the settings must mend. */
public interface Mailbox extends AutoCloseable {
    /** @param mailbox name and validity of the folder: with another one, numbers mean other messages */
    record Key(String mailbox, long number) {}

    record Mail(Key key, String sender, String subject, Instant at, List<Letter.Attachment> attachments) {
        public Mail {
            attachments = List.copyOf(attachments);
        }
    }

    /** What lies in the folder, the oldest first. */
    List<Key> waiting(int most);

    /** @throws mx.refahub.domain.Failure {@code REJECTED}: cannot be read, and will not be */
    Mail read(Key key);

    /** Out of the folder, into another one, which is made if it is not there. Nothing happens if it is gone. */
    void move(Key key, String folder);

    @Override
    void close();
}
