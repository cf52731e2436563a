package mx.refahub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.hub.RouteMap;
import mx.refahub.domain.notice.Inbox;
import mx.refahub.domain.notice.Letter;
import mx.refahub.domain.notice.MailServer;
import mx.refahub.domain.notice.Mailbox;
import mx.refahub.routes.failure.HubPolicies;
import mx.refahub.routes.failure.Troubles;
import mx.refahub.routes.mail.MailRouteSettings;
import mx.refahub.routes.mail.MailRoutes;
import mx.refahub.routes.mail.MailTrust;
import mx.refahub.routes.watch.RouteWatch;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Letters over a real SMTP server, and over servers that misbehave. */
class LetterTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration TICK = Duration.ofMillis(50);

    private static final PaperInbox inbox = new PaperInbox();
    private static final PaperOutgoing outgoing = new PaperOutgoing();
    private static final GreenMail greenMail =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final DefaultCamelContext context = new DefaultCamelContext();
    private static final RouteWatch watch = new RouteWatch(new SimpleMeterRegistry());

    private static final class PaperInbox implements Inbox {
        final List<Mailbox.Key> waiting = new ArrayList<>();
        final List<Mailbox.Key> taken = new ArrayList<>();

        @Override
        public synchronized List<Mailbox.Key> waiting() {
            return List.copyOf(waiting);
        }

        @Override
        public synchronized void take(Mailbox.Key message) {
            if (message.number() == 2) throw Failure.retryable("cannot be taken now", null);
            waiting.remove(message);
            taken.add(message);
        }

        synchronized void calm() {
            waiting.clear();
        }

        synchronized List<Mailbox.Key> taken() {
            return List.copyOf(taken);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        greenMail.start();
        MailRoutes door = new MailRoutes();
        MailRouteSettings settings = new MailRouteSettings(TICK, TICK, Duration.ofMillis(600), "");
        context.getRegistry()
                .bind(
                        MailRoutes.SENDER,
                        door.letterSender(
                                outgoing, new StaticListableBeanFactory().getBeanProvider(MailTrust.class), settings));
        context.addRoutePolicyFactory(watch);
        context.addRoutesConfigurations(new HubPolicies(new Troubles()));
        context.addRoutes(door.letterRoutes(outgoing, settings));
        context.addRoutes(door.invoiceMailRoutes(inbox, settings));
        context.getShutdownStrategy().setTimeout(1);
        context.start();
    }

    @AfterAll
    static void stop() {
        inbox.calm();
        context.stop();
        greenMail.stop();
    }

    @BeforeEach
    void well() throws FolderException {
        greenMail.purgeEmailFromAllMailboxes();
        outgoing.server = clear(greenMail.getSmtp().getPort());
        outgoing.failed.clear();
    }

    private static MailServer clear(int port) {
        return new MailServer("127.0.0.1", port, MailServer.Security.NONE, "", "");
    }

    @Test
    void a_letter_leaves_with_its_own_id_text_html_and_files() throws Exception {
        Letter letter = outgoing.post(
                "Compras@Bujias.example",
                new Letter.Attachment("órdenes.pdf", "application/pdf", "%PDF".getBytes(StandardCharsets.US_ASCII)));
        await().atMost(SOON).until(() -> outgoing.sent.contains(letter.id()));
        MimeMessage got = greenMail.getReceivedMessages()[0];
        assertThat(got.getMessageID()).isEqualTo(letter.messageId());
        assertThat(got.getSubject()).isEqualTo(letter.subject());
        assertThat(got.getFrom()[0].toString()).contains("avisos@refahub.example");
        MimeMultipart mixed = (MimeMultipart) got.getContent();
        MimeMultipart words = (MimeMultipart) mixed.getBodyPart(0).getContent();
        assertThat(words.getBodyPart(0).getContent().toString()).contains("12 bujías");
        assertThat(words.getBodyPart(1).getContentType()).startsWith("text/html");
        assertThat(mixed.getBodyPart(1).getInputStream().readAllBytes())
                .isEqualTo("%PDF".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void a_server_that_is_down_costs_a_wait_and_a_recipient_that_is_none_the_letter() {
        outgoing.server = clear(1);
        Letter waits = outgoing.post("a@b.example");
        await().atMost(SOON).until(() -> outgoing.failed.get(waits.id()) == FailureKind.RETRYABLE);
        assertThat(outgoing.told.get(waits.id())).startsWith("127.0.0.1 no contesta en ese puerto.");
        outgoing.server = clear(greenMail.getSmtp().getPort());
        Letter wrong = outgoing.post("nobody at all");
        Letter right = outgoing.post("c@d.example");
        await().atMost(SOON)
                .until(() ->
                        outgoing.failed.get(wrong.id()) == FailureKind.REJECTED && outgoing.sent.contains(right.id()));
        assertThat(greenMail.getReceivedMessages()).hasSize(1);
    }

    @Test
    void what_a_server_refuses_for_good_is_told_from_what_it_refuses_for_now() throws Exception {
        try (SmtpByScript server = new SmtpByScript(
                Map.of("RCPT TO:<gone@", "550 5.1.1 no such user", "RCPT TO:<full@", "452 4.2.2 mailbox full"),
                Duration.ZERO)) {
            outgoing.server = clear(server.port());
            Letter gone = outgoing.post("gone@b.example");
            Letter full = outgoing.post("full@b.example");
            Letter fine = outgoing.post("fine@b.example");
            await().atMost(SOON).until(() -> outgoing.failed.size() == 2 && outgoing.sent.contains(fine.id()));
            assertThat(outgoing.failed.get(gone.id())).isEqualTo(FailureKind.REJECTED);
            assertThat(outgoing.failed.get(full.id())).isEqualTo(FailureKind.RETRYABLE);
            assertThat(outgoing.told.get(gone.id()))
                    .as("what happened, what to do, and the server's own words")
                    .isEqualTo(
                            "127.0.0.1 dice que esa dirección no existe o no recibe correo. Corrige la dirección y manda la carta otra vez.\n550 5.1.1 no such user");
            assertThat(outgoing.told.get(full.id()))
                    .isEqualTo(
                            "El buzón del destinatario está lleno o no recibe por ahora, según 127.0.0.1. Se intenta otra vez más tarde.\n452 4.2.2 mailbox full");
            assertThat(server.taken.get()).isEqualTo(1);
        }
    }

    @Test
    void what_a_server_says_of_our_account_costs_no_letter_and_what_it_says_of_the_letter_does() throws Exception {
        try (SmtpByScript server = new SmtpByScript(
                Map.of("MAIL FROM:", "550 5.7.60 not allowed to send as this sender"), Duration.ZERO)) {
            outgoing.server = clear(server.port());
            Letter ours = outgoing.post("a@b.example");
            await().atMost(SOON).until(() -> outgoing.failed.get(ours.id()) == FailureKind.RETRYABLE);
        }
        try (SmtpByScript server =
                new SmtpByScript(Map.of("MAIL FROM:", "530 5.7.0 authentication required"), Duration.ZERO)) {
            outgoing.server = clear(server.port());
            Letter ours = outgoing.post("a@b.example");
            await().atMost(SOON).until(() -> outgoing.failed.get(ours.id()) == FailureKind.RETRYABLE);
        }
        try (SmtpByScript server = new SmtpByScript(Map.of(".", "554 5.6.0 not this letter"), Duration.ZERO)) {
            outgoing.server = clear(server.port());
            Letter letter = outgoing.post("a@b.example");
            await().atMost(SOON).until(() -> outgoing.failed.get(letter.id()) == FailureKind.REJECTED);
        }
    }

    @Test
    void a_server_that_thinks_too_long_is_left() throws Exception {
        try (SmtpByScript server = new SmtpByScript(Map.of(), Duration.ofSeconds(3))) {
            outgoing.server = clear(server.port());
            Letter letter = outgoing.post("a@b.example");
            await().atMost(SOON).until(() -> outgoing.failed.get(letter.id()) == FailureKind.RETRYABLE);
            assertThat(outgoing.told.get(letter.id())).startsWith("127.0.0.1 tardó demasiado en contestar.");
        }
    }

    @Test
    void a_password_stays_at_home_unless_the_way_is_encrypted() {
        outgoing.server =
                new MailServer("127.0.0.1", greenMail.getSmtp().getPort(), MailServer.Security.STARTTLS, "u", "hush");
        Letter letter = outgoing.post("a@b.example");
        // This server knows no STARTTLS, as one in the middle would have it.
        await().atMost(SOON).until(() -> outgoing.failed.get(letter.id()) == FailureKind.RETRYABLE);
        assertThat(outgoing.told.get(letter.id())).startsWith("127.0.0.1 no ofrece cifrado en ese puerto");
        assertThat(greenMail.getReceivedMessages()).isEmpty();
        assertThat(outgoing.server.toString()).doesNotContain("hush");
    }

    @Test
    void each_message_of_the_mailbox_is_handed_over_by_itself() {
        synchronized (inbox) {
            for (long n = 1; n <= 3; n++) inbox.waiting.add(new Mailbox.Key("box", n));
        }
        await().atMost(SOON).until(() -> inbox.taken().size() == 2);
        assertThat(inbox.taken()).extracting(Mailbox.Key::number).containsExactly(1L, 3L);
    }

    private static Map<String, Long> counts() {
        return watch.over(context).routes().stream()
                .collect(Collectors.toMap(RouteMap.Route::id, RouteMap.Route::total));
    }

    @Test
    void each_route_counts_its_exchanges_and_while_one_is_stopped_nothing_passes_it() throws Exception {
        Map<String, Long> before = counts();
        Letter right = outgoing.post("a@b.example");
        Letter wrong = outgoing.post("nobody at all");
        synchronized (inbox) {
            inbox.waiting.add(new Mailbox.Key("box", 7));
        }
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(outgoing.sent).contains(right.id());
            assertThat(outgoing.failed).containsKey(wrong.id());
            Map<String, Long> now = counts();
            for (String two : List.of("letter-post", "letter-carry"))
                assertThat(now.get(two) - before.get(two)).as(two).isEqualTo(2);
            assertThat(now.get("letter-fail") - before.get("letter-fail")).isEqualTo(1);
            for (String each : List.of("letter-send", "invoice-fetch", "invoice-take"))
                assertThat(now.get(each)).as(each).isGreaterThan(before.get(each));
        });

        context.getRouteController().stopRoute("letter-send");
        context.getRouteController().stopRoute("invoice-fetch");
        Letter stays = outgoing.post("a@b.example");
        synchronized (inbox) {
            inbox.taken.clear();
            inbox.waiting.add(new Mailbox.Key("box", 8));
        }
        await().during(TICK.multipliedBy(4))
                .atMost(SOON)
                .until(() -> outgoing.waiting.containsKey(stays.id())
                        && inbox.taken().isEmpty());
        context.getRouteController().startRoute("letter-send");
        context.getRouteController().startRoute("invoice-fetch");
        await().atMost(SOON)
                .until(() -> outgoing.sent.contains(stays.id()) && inbox.taken().contains(new Mailbox.Key("box", 8)));
        synchronized (inbox) {
            inbox.taken.clear();
        }
    }

    /** As much of SMTP as a sender needs, with answers by heart. */
    private static final class SmtpByScript implements AutoCloseable {
        final AtomicInteger taken = new AtomicInteger();
        private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final Map<String, String> answers;
        private final Duration thinks;

        SmtpByScript(Map<String, String> answers, Duration thinks) throws IOException {
            this.answers = answers;
            this.thinks = thinks;
            Thread.ofVirtual().start(this::serve);
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve() {
            while (!socket.isClosed())
                try {
                    Socket one = socket.accept();
                    Thread.ofVirtual().start(() -> talk(one));
                } catch (IOException closed) {
                    return;
                }
        }

        private void talk(Socket one) {
            try (one;
                    var in = new java.io.BufferedReader(
                            new java.io.InputStreamReader(one.getInputStream(), StandardCharsets.UTF_8));
                    var out = new java.io.OutputStreamWriter(one.getOutputStream(), StandardCharsets.UTF_8)) {
                say(out, "220 script");
                boolean data = false;
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (data) {
                        if (!line.equals(".")) continue;
                        data = false;
                        taken.incrementAndGet();
                        say(out, answers.getOrDefault(".", "250 taken"));
                        continue;
                    }
                    data = line.equals("DATA");
                    if (thinks.isPositive()) Thread.sleep(thinks);
                    say(out, answer(line, data));
                    if (line.equals("QUIT")) return;
                }
            } catch (IOException | InterruptedException left) {
                Thread.currentThread().interrupt();
            }
        }

        private String answer(String line, boolean data) {
            for (Map.Entry<String, String> each : answers.entrySet())
                if (line.startsWith(each.getKey())) return each.getValue();
            return data ? "354 go on" : line.equals("QUIT") ? "221 bye" : "250 fine";
        }

        private static void say(java.io.Writer out, String line) throws IOException {
            out.write(line + "\r\n");
            out.flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
