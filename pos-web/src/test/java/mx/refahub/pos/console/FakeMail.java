package mx.refahub.pos.console;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.notice.Language;
import mx.refahub.domain.notice.Letter;
import mx.refahub.domain.notice.MailDesk;
import mx.refahub.domain.notice.MailServer;
import mx.refahub.domain.notice.NoticeEvent;
import mx.refahub.domain.purchase.OrderMail;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** E-mail that goes nowhere. */
final class FakeMail implements MailDesk, OrderMail {
    private Account account = new Account(false, "", 587, MailServer.Security.STARTTLS, "", false, "", "", "");
    private Box box =
            new Box(false, "", 993, MailServer.Security.TLS, "", false, "INBOX", "Tomadas", "Rechazadas", null, "");

    @Override
    public Account account() {
        return account;
    }

    @Override
    public Outcome<Account> keep(Account typed, @Nullable String secret, Person by) {
        account = typed;
        return Outcome.done(account);
    }

    @Override
    public Box box() {
        return box;
    }

    @Override
    public Outcome<Box> keep(Box typed, @Nullable String secret, Person by) {
        box = typed;
        return Outcome.done(box);
    }

    @Override
    public Outcome<Sent> test(String recipient, Language language, Person by) {
        return Outcome.refused("mail-off");
    }

    @Override
    public List<Sent> letters(@Nullable State state, @Nullable UUID about, int limit) {
        return List.of();
    }

    @Override
    public Outcome<Sent> again(UUID letter, Person by) {
        return Outcome.refused("mail-unknown");
    }

    @Override
    public List<Template> templates() {
        return List.of(new Template(NoticeEvent.MAIL_TEST, Language.ES, "Prueba", "Prueba", false));
    }

    @Override
    public Outcome<Template> keep(Template template, Person by) {
        return Outcome.done(template);
    }

    @Override
    public Outcome<Template> reset(NoticeEvent event, Language language, Person by) {
        return Outcome.done(new Template(event, language, "Prueba", "Prueba", false));
    }

    @Override
    public Outcome<Preview> preview(Template template) {
        return Outcome.done(new Preview(template.subject(), template.body(), List.of(template.body())));
    }

    @Override
    public List<Received> received(int limit) {
        return List.of();
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
        return Outcome.refused("mail-off");
    }

    @Override
    public List<Sent> letters(UUID order) {
        return List.of();
    }

    @Override
    public boolean on() {
        return account.enabled();
    }

    @Override
    public Outcome<Mailed> send(UUID order, UUID letter, String to, String text, Person by) {
        return Outcome.refused("mail-off");
    }
}
