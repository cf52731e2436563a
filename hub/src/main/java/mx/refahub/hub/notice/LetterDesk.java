package mx.refahub.hub.notice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.notice.Audience;
import mx.refahub.domain.notice.Language;
import mx.refahub.domain.notice.Letter;
import mx.refahub.domain.notice.MailDesk.Template;
import mx.refahub.domain.notice.MailServer;
import mx.refahub.domain.notice.NoticeEvent;
import mx.refahub.domain.notice.Outgoing;
import mx.refahub.domain.notice.Telling;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes letters and hands them out. */
final class LetterDesk implements Telling, Outgoing {
    private static final Logger LOG = LoggerFactory.getLogger(LetterDesk.class);
    private static final int AT_ONCE = 20;
    /** A minute, two, four … six hours: a day and a half in all. */
    private static final int MOST_TRIES = 13;

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration KEPT = Duration.ofDays(180);
    private static final int LONGEST_REASON = 400;

    private final LetterTable table;
    private final Accounts accounts;
    private final Templates templates;
    private final JobNames jobs;
    private final IdSource ids;
    private final Clock clock;
    /** What left and is not noted yet: the note is written again, the letter is not. A process that dies in between forgets it, and the letter goes a second time. */
    private final Set<UUID> left = ConcurrentHashMap.newKeySet();

    private volatile Instant awayUntil = Instant.MIN;
    private volatile Instant tidied = Instant.MIN;

    LetterDesk(LetterTable table, Accounts accounts, Templates templates, JobNames jobs, IdSource ids, Clock clock) {
        this.table = table;
        this.accounts = accounts;
        this.templates = templates;
        this.jobs = jobs;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public int tell(
            NoticeEvent event, Audience audience, Language language, @Nullable UUID about, Map<String, String> values) {
        Optional<MailTable.AccountRow> account = accounts.inUse();
        if (account.isEmpty() || audience.isEmpty()) return 0;
        List<String> recipients = table.recipients(
                audience.roles().stream().map(Enum::name).toArray(String[]::new),
                audience.persons().toArray(UUID[]::new),
                audience.addresses().toArray(String[]::new));
        Map<String, String> all = new HashMap<>(values);
        all.putIfAbsent("company", table.company().orElse(""));
        all.computeIfPresent("link", (place, path) -> account.get().link() + path);
        all.computeIfPresent("job", (place, job) -> jobs.of(language, job));
        Template template = templates.of(event, language);
        return write(
                event,
                recipients,
                Templates.subject(template.subject(), all),
                Templates.fill(template.body(), all).strip(),
                about);
    }

    int write(NoticeEvent event, List<String> recipients, String subject, String body, @Nullable UUID about) {
        return write(
                Stream.generate(ids::next).limit(recipients.size()).toArray(UUID[]::new),
                event,
                recipients,
                subject,
                body,
                about);
    }

    int write(UUID[] letters, NoticeEvent event, List<String> to, String subject, String body, @Nullable UUID about) {
        if (to.isEmpty()) return 0;
        int written = table.write(
                letters, to.toArray(String[]::new), event.wireName(), subject, body, about, clock.instant());
        LOG.info("letters written event={} letters={} about={}", event.wireName(), written, about);
        return written;
    }

    @Override
    public List<UUID> due() {
        List.copyOf(left).forEach(this::sent);
        Instant now = clock.instant();
        if (now.isBefore(awayUntil) || accounts.inUse().isEmpty()) return List.of();
        if (tidied.plus(Duration.ofDays(1)).isBefore(now)) {
            tidied = now;
            table.forget(now.minus(KEPT));
        }
        return table.due(now, AT_ONCE);
    }

    @Override
    public Optional<Letter> take(UUID letter) {
        if (left.contains(letter)) return Optional.empty();
        Instant now = clock.instant();
        // What is left of a batch waits with the rest, and its try is not counted.
        if (now.isBefore(awayUntil)) return Optional.empty();
        Optional<MailTable.AccountRow> account = accounts.inUse();
        if (account.isEmpty()) return Optional.empty();
        return table.take(letter, now)
                .map(row -> letter(account.get(), row.id(), row.recipient(), row.subject(), row.body()));
    }

    Letter letter(MailTable.AccountRow account, UUID id, String recipient, String subject, String body) {
        String domain = account.fromAddress().substring(account.fromAddress().lastIndexOf('@') + 1);
        return new Letter(
                id,
                "<" + id + "@" + domain + ">",
                account.fromName().isEmpty()
                        ? account.fromAddress()
                        : account.fromName() + " <" + account.fromAddress() + ">",
                recipient,
                subject,
                body,
                Templates.html(body),
                table.attachments(id).stream()
                        .map(file -> new Letter.Attachment(file.name(), file.type(), file.content()))
                        .toList());
    }

    @Override
    public void sent(UUID letter) {
        left.add(letter);
        table.sent(letter, clock.instant());
        left.remove(letter);
        LOG.info("letter sent letter={}", letter);
    }

    @Override
    public void failed(UUID letter, Throwable thrown) {
        FailureKind kind = Failure.kindOf(thrown);
        if (left.contains(letter)) {
            LOG.warn("letter left and not noted letter={} reason={}", letter, reason(thrown));
            return;
        }
        Instant now = clock.instant();
        String reason = reason(thrown);
        if (kind == FailureKind.RETRYABLE) awayUntil = now.plus(PAUSE);
        table.failed(letter, reason, kind == FailureKind.REJECTED, MOST_TRIES, now);
        if (kind == FailureKind.BUG) LOG.error("letter not sent letter={}", letter, thrown);
        else LOG.warn("letter not sent letter={} kind={} reason={}", letter, kind, reason);
    }

    static String reason(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause())
            if (t instanceof Failure failure) return cut(String.valueOf(failure.getMessage()));
        return cut(String.valueOf(thrown.getMessage()));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_REASON));
    }

    @Override
    public Optional<MailServer> server() {
        return accounts.server();
    }

    /** After the settings were changed, or somebody asks: no more waiting for a server that may be another one. */
    void wake() {
        awayUntil = Instant.MIN;
    }
}
