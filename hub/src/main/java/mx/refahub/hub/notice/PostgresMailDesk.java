package mx.refahub.hub.notice;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import mx.refahub.domain.Failure;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.notice.Audience;
import mx.refahub.domain.notice.Language;
import mx.refahub.domain.notice.Letter;
import mx.refahub.domain.notice.MailDesk;
import mx.refahub.domain.notice.MailServer;
import mx.refahub.domain.notice.NoticeEvent;
import mx.refahub.domain.notice.Postman;
import mx.refahub.domain.store.Person;
import mx.refahub.hub.access.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresMailDesk implements MailDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresMailDesk.class);
    private static final int MOST = 500;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_FOLDER = 100;

    private final MailTable table;
    private final LetterTable letters;
    private final Accounts accounts;
    private final Templates templates;
    private final LetterDesk desk;
    private final Supplier<Optional<Postman>> postman;
    private final AuditTrail audit;
    private final IdSource ids;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PostgresMailDesk(
            MailTable table,
            LetterTable letters,
            Accounts accounts,
            Templates templates,
            LetterDesk desk,
            Supplier<Optional<Postman>> postman,
            AuditTrail audit,
            IdSource ids,
            Clock clock,
            TransactionTemplate transaction) {
        this.table = table;
        this.letters = letters;
        this.accounts = accounts;
        this.templates = templates;
        this.desk = desk;
        this.postman = postman;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Override
    public Account account() {
        return table.account()
                .map(row -> new Account(
                        row.enabled(),
                        row.host(),
                        row.port(),
                        MailServer.Security.valueOf(row.security()),
                        row.username(),
                        row.secret() != null,
                        row.fromAddress(),
                        row.fromName(),
                        row.link()))
                .orElseGet(() -> new Account(false, "", 587, MailServer.Security.STARTTLS, "", false, "", "", ""));
    }

    private static @Nullable MailServer server(
            String host, int port, MailServer.Security security, String user, String secret) {
        try {
            return new MailServer(host, port, security, user, secret);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A password that is kept goes to the server and under the name it was typed for, and by the same way; to no other. */
    private static boolean isFor(MailServer server, String host, int port, String security, String user) {
        return server.host().equals(host)
                && server.port() == port
                && server.security().name().equals(security)
                && server.user().equals(user);
    }

    @Override
    public Outcome<Account> keep(Account account, @Nullable String secret, Person by) {
        MailServer server = server(account.host(), account.port(), account.security(), account.user(), "");
        if (server == null) return Outcome.refused("mail-host");
        if (server.tellsItsSecret()) return Outcome.refused("mail-clear");
        String from = account.fromAddress().strip().toLowerCase(Locale.ROOT);
        String name = account.fromName().strip();
        if (!Audience.isAddress(from)) return Outcome.refused("mail-address", from);
        if (name.length() > LONGEST_NAME || name.matches(".*[\\p{Cntrl}<>].*"))
            return Outcome.refused("mail-address", name);
        String link = account.link().strip().replaceAll("/+$", "");
        if (!link.isEmpty() && !isLink(link)) return Outcome.refused("mail-link");
        boolean done = Objects.requireNonNull(transaction.execute(status -> {
            Optional<MailTable.AccountRow> before = table.account();
            byte[] kept =
                    before.flatMap(row -> Optional.ofNullable(row.secret())).orElse(null);
            if (kept != null
                    && secret == null
                    && !server.user().isEmpty()
                    && before.filter(row -> isFor(server, row.host(), row.port(), row.security(), row.username()))
                            .isEmpty()) return false;
            table.keepAccount(
                    new MailTable.AccountRow(
                            account.enabled(),
                            server.host(),
                            server.port(),
                            server.security().name(),
                            server.user(),
                            server.user().isEmpty() ? null : secret == null ? kept : accounts.closedOut(secret),
                            from,
                            name,
                            link),
                    clock.instant(),
                    by.name());
            audit.record(by.id().toString(), "mail-account", server.host());
            return true;
        }));
        if (!done) return Outcome.refused("mail-secret-needed");
        desk.wake();
        LOG.info("mail account kept server={} enabled={} by={}", server, account.enabled(), by.id());
        return Outcome.done(account());
    }

    private static boolean isLink(String text) {
        try {
            URI uri = new URI(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Override
    public Box box() {
        return table.box()
                .map(row -> new Box(
                        row.enabled(),
                        row.host(),
                        row.port(),
                        MailServer.Security.valueOf(row.security()),
                        row.username(),
                        row.secret() != null,
                        row.folder(),
                        row.takenFolder(),
                        row.refusedFolder(),
                        row.lookedAt(),
                        row.failure()))
                .orElseGet(() -> new Box(
                        false,
                        "",
                        993,
                        MailServer.Security.TLS,
                        "",
                        false,
                        "INBOX",
                        "Tomadas",
                        "Rechazadas",
                        null,
                        ""));
    }

    private static boolean isFolder(String name) {
        return !name.isEmpty() && name.length() <= LONGEST_FOLDER && !name.matches(".*[\\p{Cntrl}*%\"\\\\].*");
    }

    @Override
    public Outcome<Box> keep(Box box, @Nullable String secret, Person by) {
        MailServer server = server(box.host(), box.port(), box.security(), box.user(), "");
        if (server == null || server.user().isEmpty()) return Outcome.refused("mail-host");
        if (server.tellsItsSecret()) return Outcome.refused("mail-clear");
        String folder = box.folder().strip();
        String taken = box.takenFolder().strip();
        String refused = box.refusedFolder().strip();
        if (!isFolder(folder)
                || !isFolder(taken)
                || !isFolder(refused)
                || folder.equalsIgnoreCase(taken)
                || folder.equalsIgnoreCase(refused)) return Outcome.refused("mail-folder");
        boolean done = Objects.requireNonNull(transaction.execute(status -> {
            Optional<MailTable.BoxRow> before = table.box();
            byte[] kept =
                    before.flatMap(row -> Optional.ofNullable(row.secret())).orElse(null);
            if (kept != null
                    && secret == null
                    && before.filter(row -> isFor(server, row.host(), row.port(), row.security(), row.username()))
                            .isEmpty()) return false;
            table.keepBox(
                    new MailTable.BoxRow(
                            box.enabled(),
                            server.host(),
                            server.port(),
                            server.security().name(),
                            server.user(),
                            secret == null ? kept : accounts.closedIn(secret),
                            folder,
                            taken,
                            refused,
                            null,
                            ""),
                    clock.instant(),
                    by.name());
            audit.record(by.id().toString(), "mail-inbox", server.host());
            return true;
        }));
        if (!done) return Outcome.refused("mail-secret-needed");
        LOG.info("mail inbox kept server={} enabled={} by={}", server, box.enabled(), by.id());
        return Outcome.done(box());
    }

    /** A server that was never reached has said nothing: then it is about the settings. */
    private static Outcome<Sent> refused(MailTable.AccountRow account, Failure failure) {
        String where = account.host() + ":" + account.port();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof UnknownHostException) return Outcome.refused("mail-host-unknown", account.host());
            if (t instanceof ConnectException || t instanceof SocketTimeoutException)
                return Outcome.refused("mail-unanswered", where);
            if (t instanceof SSLException) return Outcome.refused("mail-unsafe", where);
        }
        return Outcome.refused("mail-failed", LetterDesk.reason(failure));
    }

    @Override
    public Outcome<Sent> test(String recipient, Language language, Person by) {
        String to = recipient.strip().toLowerCase(Locale.ROOT);
        if (!Audience.isAddress(to)) return Outcome.refused("mail-address", to);
        Optional<MailTable.AccountRow> account =
                table.account().filter(row -> !row.host().isEmpty());
        Optional<Postman> carrier = postman.get();
        if (account.isEmpty() || carrier.isEmpty()) return Outcome.refused("mail-off");
        Map<String, String> values = Map.of("company", letters.company().orElse(""));
        Template template = templates.of(NoticeEvent.MAIL_TEST, language);
        Letter letter = desk.letter(
                account.get(),
                ids.next(),
                to,
                Templates.subject(template.subject(), values),
                Templates.fill(template.body(), values).strip());
        try {
            carrier.get().carry(letter);
        } catch (Failure e) {
            return refused(account.get(), e);
        }
        desk.wake();
        transaction.executeWithoutResult(status -> {
            desk.write(
                    new UUID[] {letter.id()},
                    NoticeEvent.MAIL_TEST,
                    List.of(to),
                    letter.subject(),
                    letter.text(),
                    null);
            letters.sent(letter.id(), clock.instant());
            audit.record(by.id().toString(), "mail-test", to);
        });
        return Outcome.done(sent(letter.id()));
    }

    private Sent sent(UUID id) {
        return letters.letter(id).map(PostgresMailDesk::sent).orElseThrow();
    }

    private static Sent sent(LetterTable.SentRow row) {
        return new Sent(
                row.id(),
                row.event(),
                row.recipient(),
                row.subject(),
                row.sentAt() != null ? State.SENT : row.deadAt() != null ? State.DEAD : State.WAITING,
                row.writtenAt(),
                row.dueAt(),
                row.tries(),
                row.sentAt(),
                row.failure());
    }

    @Override
    public List<Sent> letters(@Nullable State state, @Nullable UUID about, int limit) {
        return letters.letters(state == null ? "" : state.name(), about, Math.clamp(limit, 1, MOST)).stream()
                .map(PostgresMailDesk::sent)
                .toList();
    }

    @Override
    public Outcome<Sent> again(UUID letter, Person by) {
        Optional<LetterTable.SentRow> row = letters.letter(letter);
        if (row.isEmpty()) return Outcome.refused("mail-unknown");
        if (row.get().sentAt() != null) return Outcome.refused("letter-left");
        transaction.executeWithoutResult(status -> {
            if (letters.again(letter, clock.instant()) > 0)
                audit.record(by.id().toString(), "letter-again", letter.toString());
        });
        desk.wake();
        return Outcome.done(sent(letter));
    }

    @Override
    public List<Template> templates() {
        return templates.all();
    }

    private static <T> @Nullable Outcome<T> wrong(Template template) {
        if (!Templates.isText(template)) return Outcome.refused("template-text");
        String unknown = Templates.unknownPlace(template);
        return unknown.isEmpty()
                ? null
                : Outcome.refused(
                        "template-place",
                        unknown,
                        String.join(", ", template.event().places()));
    }

    @Override
    public Outcome<Template> keep(Template template, Person by) {
        Outcome<Template> wrong = wrong(template);
        if (wrong != null) return wrong;
        NoticeEvent event = template.event();
        transaction.executeWithoutResult(status -> {
            letters.keepTemplate(
                    event.wireName(),
                    template.language().code(),
                    template.subject().strip(),
                    template.body().strip(),
                    clock.instant(),
                    by.name());
            audit.record(by.id().toString(), "letter-template", event.wireName());
        });
        return Outcome.done(templates.of(event, template.language()));
    }

    @Override
    public Outcome<Template> reset(NoticeEvent event, Language language, Person by) {
        transaction.executeWithoutResult(status -> {
            if (letters.resetTemplate(event.wireName(), language.code()) > 0)
                audit.record(by.id().toString(), "letter-template-reset", event.wireName());
        });
        return Outcome.done(templates.of(event, language));
    }

    @Override
    public Outcome<Preview> preview(Template template) {
        Outcome<Preview> wrong = wrong(template);
        if (wrong != null) return wrong;
        Map<String, String> values = new HashMap<>();
        values.put("company", letters.company().orElse(""));
        for (String place : template.event().places())
            values.computeIfAbsent(place, name -> templates.text(template.language(), "sample." + name));
        String text = Templates.fill(template.body(), values).strip();
        return Outcome.done(
                new Preview(Templates.subject(template.subject(), values), text, Templates.paragraphs(text)));
    }

    @Override
    public List<Received> received(int limit) {
        return table.messages(Math.clamp(limit, 1, MOST)).stream()
                .map(row -> new Received(
                        row.sender(), row.subject(), row.at(), row.taken(), row.known(), row.refused(), row.reason()))
                .toList();
    }

    @Override
    public Outcome<Boolean> write(
            UUID letter,
            NoticeEvent event,
            String recipient,
            String subject,
            String text,
            List<Letter.Attachment> attachments,
            @Nullable UUID about) {
        String to = recipient.strip().toLowerCase(Locale.ROOT);
        if (!Audience.isAddress(to)) return Outcome.refused("mail-address", to);
        if (accounts.inUse().isEmpty()) return Outcome.refused("mail-off");
        String body = text.strip();
        return Objects.requireNonNull(transaction.execute(status -> {
            // Who comes second waits here until the first has committed.
            if (desk.write(new UUID[] {letter}, event, List.of(to), Templates.subject(subject, Map.of()), body, about)
                    == 0)
                return letters.same(letter, to, body, about)
                        ? Outcome.done(false)
                        : Outcome.<Boolean>refused("mail-differs");
            int position = 0;
            for (Letter.Attachment file : attachments)
                letters.attach(letter, position++, file.name(), file.type(), file.content());
            return Outcome.done(true);
        }));
    }
}
