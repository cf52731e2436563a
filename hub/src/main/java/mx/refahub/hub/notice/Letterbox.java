package mx.refahub.hub.notice;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import mx.refahub.domain.Failure;
import mx.refahub.domain.notice.Inbox;
import mx.refahub.domain.notice.Letter;
import mx.refahub.domain.notice.MailServer;
import mx.refahub.domain.notice.Mailbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mailbox that the settings name. What a message came to is noted before it is put away; one that was noted and not put away is only put away. */
final class Letterbox implements Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Letterbox.class);
    private static final int AT_ONCE = 50;
    private static final int LONGEST = 500;
    private static final int MOST_FAILED = 10_000;

    /** What is done with the files of a letter. */
    interface Reader {
        /** @param reason why some of it was not taken; empty if all was */
        record Came(int taken, int known, int refused, String reason) {}

        Came read(List<Letter.Attachment> files);
    }

    /** How to get at a folder. */
    interface Way {
        Mailbox open(MailServer server, String folder);
    }

    private final MailTable table;
    private final Accounts accounts;
    private final Way way;
    private final Reader reader;
    private final Clock clock;
    /** What was begun and not put away, as this process knows it. */
    private final Set<Mailbox.Key> failed = ConcurrentHashMap.newKeySet();

    Letterbox(MailTable table, Accounts accounts, Way way, Reader reader, Clock clock) {
        this.table = table;
        this.accounts = accounts;
        this.way = way;
        this.reader = reader;
        this.clock = clock;
    }

    private Optional<MailTable.BoxRow> inUse() {
        return table.box().filter(MailTable.BoxRow::enabled);
    }

    private Mailbox open(MailTable.BoxRow box) {
        return way.open(accounts.server(box), box.folder());
    }

    @Override
    public List<Mailbox.Key> waiting() {
        Optional<MailTable.BoxRow> box = inUse();
        if (box.isEmpty()) return List.of();
        try (Mailbox mailbox = open(box.get())) {
            List<Mailbox.Key> keys = mailbox.waiting(AT_ONCE + failed.size());
            table.looked(clock.instant(), "");
            failed.retainAll(Set.copyOf(keys));
            // Those that failed come after the others, as many as there is room for: they hold up nobody.
            return Stream.concat(
                            keys.stream().filter(key -> !failed.contains(key)),
                            keys.stream().filter(failed::contains))
                    .limit(AT_ONCE)
                    .toList();
        } catch (Failure e) {
            table.looked(clock.instant(), cut(String.valueOf(e.getMessage())));
            throw e;
        }
    }

    @Override
    public void take(Mailbox.Key message) {
        Optional<MailTable.BoxRow> box = inUse();
        if (box.isEmpty()) return;
        // Until it is put away it counts as one that failed.
        if (failed.size() < MOST_FAILED) failed.add(message);
        try (Mailbox mailbox = open(box.get())) {
            MailTable.MessageRow row =
                    table.message(message.mailbox(), message.number()).orElseGet(() -> taken(mailbox, message));
            mailbox.move(
                    message,
                    row.taken() + row.known() > 0
                            ? box.get().takenFolder()
                            : box.get().refusedFolder());
        }
        failed.remove(message);
    }

    private MailTable.MessageRow taken(Mailbox mailbox, Mailbox.Key key) {
        MailTable.MessageRow row;
        try {
            Mailbox.Mail mail = mailbox.read(key);
            Reader.Came came = reader.read(mail.attachments());
            row = new MailTable.MessageRow(
                    mail.sender(),
                    mail.subject(),
                    mail.at(),
                    came.taken(),
                    came.known(),
                    came.refused(),
                    cut(came.reason()));
        } catch (Failure e) {
            if (e.kind() != mx.refahub.domain.FailureKind.REJECTED) throw e;
            Instant now = clock.instant();
            row = new MailTable.MessageRow("", "", now, 0, 0, 0, cut(String.valueOf(e.getMessage())));
        }
        table.note(key.mailbox(), key.number(), row);
        LOG.info(
                "letter with invoices read mailbox={} number={} taken={} known={} refused={}",
                key.mailbox(),
                key.number(),
                row.taken(),
                row.known(),
                row.refused());
        return row;
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST));
    }
}
