package mx.refahub.hub.notice;

import static mx.refahub.hub.TestShop.done;
import static mx.refahub.hub.TestShop.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mx.refahub.adapters.mail.ImapMailbox;
import mx.refahub.adapters.mail.InvoiceFiles;
import mx.refahub.domain.Failure;
import mx.refahub.domain.notice.Audience;
import mx.refahub.domain.notice.Language;
import mx.refahub.domain.notice.Letter;
import mx.refahub.domain.notice.MailDesk;
import mx.refahub.domain.notice.MailServer;
import mx.refahub.domain.notice.Mailbox;
import mx.refahub.domain.notice.NoticeEvent;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.hub.TestHub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class LettersTest {
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana Torres", Role.ADMIN);

    private final MailDesk mail = TestHub.bean(MailDesk.class);
    private final LetterDesk desk = TestHub.bean(LetterDesk.class);
    private final UUID about = UUID.randomUUID();

    @BeforeEach
    void on() {
        TestHub.sql().sql("delete from letter").update();
        account(true);
        desk.wake();
    }

    @AfterEach
    void off() {
        account(false);
    }

    private void account(boolean enabled) {
        done(mail.keep(
                new MailDesk.Account(
                        enabled,
                        "smtp.example",
                        587,
                        MailServer.Security.STARTTLS,
                        "refahub",
                        false,
                        "avisos@refahub.example",
                        "Refacciones Ñandú",
                        "https://centro.example/"),
                "contraseña larga",
                ANA));
    }

    private UUID letter() {
        UUID id = UUID.randomUUID();
        assertThat(done(mail.write(
                        id,
                        NoticeEvent.PURCHASE_ORDER,
                        "Ventas@Bujias.example",
                        "Orden OC-1",
                        "Hola <b>",
                        List.of(new Letter.Attachment("OC-1.pdf", "application/pdf", new byte[] {1, 2, 3})),
                        about)))
                .isTrue();
        return id;
    }

    private MailDesk.Sent state(UUID letter) {
        return mail.letters(null, about, 10).stream()
                .filter(one -> one.id().equals(letter))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_letter_is_taken_by_one_process_and_leaves_once() {
        UUID id = letter();
        assertThat(desk.due()).contains(id);
        Letter taken = desk.take(id).orElseThrow();
        assertThat(taken.messageId()).isEqualTo("<" + id + "@refahub.example>");
        assertThat(taken.recipient()).isEqualTo("ventas@bujias.example");
        assertThat(taken.html()).contains("Hola &lt;b&gt;");
        assertThat(taken.attachments())
                .singleElement()
                .satisfies(file -> assertThat(file.content()).hasSize(3));
        assertThat(desk.take(id)).as("the second process").isEmpty();
        desk.sent(id);
        desk.sent(id);
        TestHub.CLOCK.advance(Duration.ofDays(1));
        assertThat(desk.due()).doesNotContain(id);
        assertThat(state(id).state()).isEqualTo(MailDesk.State.SENT);
        assertThat(refused(mail.again(id, ANA))).isEqualTo("letter-left");
    }

    @Test
    void what_can_wait_is_tried_with_longer_and_longer_waits_and_then_left_to_a_person() {
        UUID id = letter();
        int tries = 0;
        Duration waited = Duration.ZERO;
        while (state(id).state() == MailDesk.State.WAITING) {
            desk.wake();
            if (desk.take(id).isPresent()) {
                tries++;
                desk.failed(id, Failure.retryable("smtp.example: no route", null));
                assertThat(desk.due()).as("a moment of rest for everybody").isEmpty();
            }
            TestHub.CLOCK.advance(Duration.ofMinutes(30));
            waited = waited.plusMinutes(30);
        }
        assertThat(tries).isEqualTo(13);
        assertThat(waited).isBetween(Duration.ofHours(20), Duration.ofHours(60));
        assertThat(state(id).failure()).contains("no route");
        done(mail.again(id, ANA));
        assertThat(desk.take(id)).isPresent();
        desk.failed(id, Failure.rejected("smtp.example refuses it: 550 no such user"));
        assertThat(state(id).state()).isEqualTo(MailDesk.State.DEAD);
    }

    @Test
    void a_fault_of_ours_costs_a_wait_and_not_the_letter() {
        UUID id = letter();
        assertThat(desk.take(id)).isPresent();
        desk.failed(id, new IllegalStateException("the database was away"));
        assertThat(state(id).state()).isEqualTo(MailDesk.State.WAITING);
        TestHub.CLOCK.advance(Duration.ofMinutes(2));
        assertThat(desk.due()).contains(id);
    }

    @Test
    void a_letter_that_left_and_could_not_be_noted_is_noted_later_and_leaves_once() {
        UUID id = letter();
        assertThat(desk.take(id)).isPresent();
        TestHub.sql().sql("alter table letter rename to letter_away").update();
        try {
            assertThatThrownBy(() -> desk.sent(id)).isInstanceOf(RuntimeException.class);
            desk.failed(id, new IllegalStateException("the database was away"));
        } finally {
            TestHub.sql().sql("alter table letter_away rename to letter").update();
        }
        TestHub.CLOCK.advance(Duration.ofHours(1));
        assertThat(desk.take(id)).isEmpty();
        assertThat(desk.due()).doesNotContain(id);
        assertThat(state(id).state()).isEqualTo(MailDesk.State.SENT);
    }

    @Test
    void letters_are_written_with_what_they_tell_or_not_at_all() {
        TransactionTemplate transaction = TestHub.bean(TransactionTemplate.class);
        Audience audience = new Audience(Set.of(), List.of(), List.of("a@b.example", "A@B.example", "c@d.example"));
        transaction.executeWithoutResult(status -> {
            assertThat(desk.tell(NoticeEvent.PO_RECEIVED, audience, Language.ES, about, Map.of("order", "OC-1")))
                    .isEqualTo(2);
            status.setRollbackOnly();
        });
        assertThat(mail.letters(null, about, 10)).isEmpty();
        desk.tell(
                NoticeEvent.PO_RECEIVED,
                audience,
                Language.ES,
                about,
                Map.of("order", "OC-1\r\nBcc: todos@x.example {{company}}", "link", "/console/stock"));
        assertThat(mail.letters(null, about, 10)).hasSize(2).allSatisfy(letter -> {
            assertThat(letter.subject()).doesNotContain("\n").contains("{{company}}");
        });
        account(false);
        assertThat(desk.tell(NoticeEvent.PO_RECEIVED, audience, Language.ES, about, Map.of()))
                .isZero();
    }

    @Test
    void a_template_is_checked_kept_and_taken_back() {
        MailDesk.Template wrong = new MailDesk.Template(NoticeEvent.JOB_FAILED, Language.EN, "x", "{{secret}}", true);
        assertThat(refused(mail.keep(wrong, ANA))).isEqualTo("template-place");
        MailDesk.Template ours = new MailDesk.Template(
                NoticeEvent.JOB_FAILED, Language.EN, "{{ job }} broke", "Why: {{reason}}\n\nBye", true);
        assertThat(done(mail.preview(ours)).paragraphs()).hasSize(2);
        assertThat(done(mail.keep(ours, ANA)).changed()).isTrue();
        desk.tell(
                NoticeEvent.JOB_FAILED,
                new Audience(Set.of(), List.of(), List.of("a@b.example")),
                Language.EN,
                about,
                Map.of("job", "backup"));
        assertThat(mail.letters(null, about, 1).getFirst().subject()).isEqualTo("backup broke");
        assertThat(done(mail.reset(NoticeEvent.JOB_FAILED, Language.EN, ANA)).changed())
                .isFalse();
        for (MailDesk.Template each : mail.templates()) done(mail.preview(each));
    }

    @Test
    void a_password_lies_encrypted_and_never_goes_in_the_clear() {
        assertThat(mail.account().secretKept()).isTrue();
        assertThat(desk.server().orElseThrow().secret()).isEqualTo("contraseña larga");
        byte[] kept = TestHub.sql()
                .sql("select secret from mail_account")
                .query(byte[].class)
                .single();
        assertThat(new String(kept, StandardCharsets.UTF_8)).doesNotContain("larga");
        assertThat(refused(mail.keep(
                        new MailDesk.Account(
                                true, "smtp.example", 25, MailServer.Security.NONE, "u", false, "a@b.example", "", ""),
                        "x",
                        ANA)))
                .isEqualTo("mail-clear");
        assertThat(refused(mail.keep(
                        new MailDesk.Account(
                                true,
                                "smtp.elsewhere.example",
                                587,
                                MailServer.Security.STARTTLS,
                                "refahub",
                                true,
                                "a@b.example",
                                "",
                                ""),
                        null,
                        ANA)))
                .as("to another server only if it is typed again")
                .isEqualTo("mail-secret-needed");
        done(mail.keep(
                new MailDesk.Account(
                        true,
                        "smtp.example",
                        587,
                        MailServer.Security.STARTTLS,
                        "refahub",
                        true,
                        "otro@b.example",
                        "",
                        ""),
                null,
                ANA));
        assertThat(desk.server().orElseThrow().secret()).isEqualTo("contraseña larga");
    }

    @Test
    void each_letter_of_the_mailbox_is_taken_once_and_moved_and_junk_keeps_its_reason() throws Exception {
        GreenMail server = new GreenMail(ServerSetup.SMTP_IMAP.clone()[1].dynamicPort());
        server.start();
        try {
            var user = server.setUser("facturas@refahub.example", "facturas", "buzon");
            user.deliver(message(
                    "Factura 77",
                    new Letter.Attachment(
                            "f.zip",
                            "application/zip",
                            zip("a.xml", "<uno/>", "b.xml", "<dos/>", "leame.txt", "hola"))));
            // As some programs write it: base64 that is none, which no look at the connection will mend.
            user.deliver(new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(("From: x@b.example\r\nSubject: rota\r\nMIME-Version: 1.0\r\n"
                                    + "Content-Type: application/xml; name=\"f.xml\"\r\n"
                                    + "Content-Transfer-Encoding: no-such-encoding\r\n\r\nPD94\r\n")
                            .getBytes(StandardCharsets.US_ASCII))));
            user.deliver(message("Promociones", new Letter.Attachment("oferta.png", "image/png", new byte[] {9})));
            done(mail.keep(
                    new MailDesk.Box(
                            true,
                            "127.0.0.1",
                            server.getImap().getPort(),
                            MailServer.Security.NONE,
                            "facturas",
                            false,
                            "INBOX",
                            "Tomadas",
                            "Rechazadas",
                            null,
                            ""),
                    "buzon",
                    ANA));
            List<String> read = new ArrayList<>();
            Letterbox box = new Letterbox(
                    TestHub.bean(MailTable.class),
                    TestHub.bean(Accounts.class),
                    (at, folder) -> ImapMailbox.open(at, folder, null),
                    files -> {
                        InvoiceFiles.Found found = new InvoiceFiles(1000).in(files);
                        found.files().forEach(xml -> read.add(new String(xml, StandardCharsets.UTF_8)));
                        return new Letterbox.Reader.Came(
                                found.files().size(), 0, 0, found.files().isEmpty() ? "no-invoice" : "");
                    },
                    TestHub.CLOCK);
            List<Mailbox.Key> waiting = box.waiting();
            assertThat(waiting).hasSize(3);
            // Noted and not put away, as when the process dies in between.
            TestHub.bean(MailTable.class)
                    .note(
                            waiting.get(2).mailbox(),
                            waiting.get(2).number(),
                            new MailTable.MessageRow(
                                    "x", "Promociones", TestHub.CLOCK.instant(), 0, 0, 0, "no-invoice"));
            for (Mailbox.Key key : waiting) box.take(key);
            for (Mailbox.Key key : waiting) box.take(key);
            assertThat(read).containsExactly("<uno/>", "<dos/>");
            assertThat(box.waiting()).isEmpty();
            MailServer at = new MailServer(
                    "127.0.0.1", server.getImap().getPort(), MailServer.Security.NONE, "facturas", "buzon");
            try (ImapMailbox taken = ImapMailbox.open(at, "Tomadas", null);
                    ImapMailbox refusedOnes = ImapMailbox.open(at, "Rechazadas", null)) {
                assertThat(taken.waiting(10)).hasSize(1);
                assertThat(refusedOnes.waiting(10)).hasSize(2);
            }
            assertThat(mail.received(10))
                    .extracting(MailDesk.Received::reason)
                    .contains("no-invoice", "")
                    .anyMatch(reason -> reason.contains("cannot be read"));
        } finally {
            server.stop();
            TestHub.sql().sql("update mail_inbox set enabled = false").update();
        }
    }

    private static MimeMessage message(String subject, Letter.Attachment file) throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(new InternetAddress("cobranza@bujias.example"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("facturas@refahub.example"));
        message.setSubject(subject, "UTF-8");
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new jakarta.activation.DataHandler(new ByteArrayDataSource(file.content(), file.type())));
        part.setFileName(file.name());
        message.setContent(new MimeMultipart(part));
        message.saveChanges();
        assertThat(GreenMailUtil.getWholeMessage(message)).contains(file.name());
        return message;
    }

    private static byte[] zip(String... namesAndContents) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
