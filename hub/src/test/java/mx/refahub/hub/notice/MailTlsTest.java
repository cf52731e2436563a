package mx.refahub.hub.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import mx.refahub.adapters.mail.ImapMailbox;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.notice.Letter;
import mx.refahub.domain.notice.MailServer;
import mx.refahub.domain.notice.MailServer.Security;
import mx.refahub.domain.notice.Outgoing;
import mx.refahub.routes.mail.Envelopes;
import mx.refahub.routes.mail.MailRouteSettings;
import mx.refahub.routes.mail.MailRoutes;
import mx.refahub.routes.mail.MailTrust;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Mail to and from servers with a certificate that they signed themselves, over SMTPS, STARTTLS and IMAPS. */
class MailTlsTest {
    private static final String PASSWORD = "changeit";
    private static final Duration ANSWER = Duration.ofSeconds(5);

    @TempDir
    static Path folder;

    private static GreenMail server;
    private static KeyStore keys;
    private static MailTrust trusted;

    @BeforeAll
    static void start() throws Exception {
        Path store = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "mail",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=mail",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Certificate certificate = keys.getCertificate("mail");
        Path pem = folder.resolve("trusted.pem");
        Files.writeString(
                pem,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        trusted = MailTrust.of(pem.toString());
        System.setProperty("greenmail.tls.keystore.file", store.toString());
        System.setProperty("greenmail.tls.keystore.password", PASSWORD);
        System.setProperty("greenmail.tls.key.password", PASSWORD);
        server = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS)
        });
        server.start();
        server.setUser("compras@refahub.example", "compras", "hush");
    }

    @AfterAll
    static void stop() {
        server.stop();
        for (String name : List.of("keystore.file", "keystore.password", "key.password"))
            System.clearProperty("greenmail.tls." + name);
    }

    /** Letters go to the one server that is set. */
    private record One(MailServer set) implements Outgoing {
        @Override
        public List<UUID> due() {
            return List.of();
        }

        @Override
        public Optional<Letter> take(UUID letter) {
            return Optional.empty();
        }

        @Override
        public void sent(UUID letter) {}

        @Override
        public void failed(UUID letter, Throwable reason) {}

        @Override
        public Optional<MailServer> server() {
            return Optional.of(set);
        }
    }

    private static void send(MailServer to, Optional<MailTrust> trust) throws MessagingException {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        trust.ifPresent(one -> beans.addBean("trust", one));
        UUID id = UUID.randomUUID();
        Letter letter = new Letter(
                id,
                "<" + id + "@refahub.example>",
                "avisos@refahub.example",
                "compras@refahub.example",
                "Orden",
                "Buen día",
                "<p>Buen día</p>",
                List.of());
        new MailRoutes()
                .letterSender(
                        new One(to),
                        beans.getBeanProvider(MailTrust.class),
                        new MailRouteSettings(ANSWER, ANSWER, ANSWER, ""))
                .send(new Envelopes().closed(letter));
    }

    private static MailServer smtps(String host) {
        return new MailServer(host, server.getSmtps().getPort(), Security.TLS, "", "");
    }

    private static MailServer imaps(String secret) {
        return new MailServer("127.0.0.1", server.getImaps().getPort(), Security.TLS, "compras", secret);
    }

    @Test
    void a_server_whose_certificate_is_in_the_file_is_trusted_both_ways() throws Exception {
        send(smtps("127.0.0.1"), Optional.of(trusted));
        assertThat(server.waitForIncomingEmail(5_000, 1)).isTrue();
        try (ImapMailbox box =
                ImapMailbox.open(imaps("hush"), "INBOX", trusted.servers().orElseThrow())) {
            assertThat(box.waiting(10)).isNotEmpty();
        }
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused_with_a_sentence_and_is_tried_again() {
        Throwable refused = catchThrowable(() -> send(smtps("127.0.0.1"), Optional.empty()));
        assertThat(Failure.kindOf(refused)).isEqualTo(FailureKind.RETRYABLE);
        assertThat(refused)
                .hasMessageStartingWith("127.0.0.1 no demostró ser quien dice: su certificado no es de confianza")
                .hasMessageContaining("refahub.mail.trusted-certificates")
                .hasMessageContaining("\n");
        assertThatThrownBy(() -> ImapMailbox.open(imaps("hush"), "INBOX", null).close())
                .hasMessageStartingWith("127.0.0.1 no demostró ser quien dice");
    }

    @Test
    void a_certificate_of_another_name_is_refused_though_it_is_trusted() {
        assertThatThrownBy(() -> send(smtps("localhost"), Optional.of(trusted)))
                .hasMessageStartingWith("localhost no demostró ser quien dice");
    }

    @Test
    void a_wrong_password_a_missing_folder_and_an_unknown_name_are_said_in_words() {
        assertThatThrownBy(() -> ImapMailbox.open(
                                imaps("wrong"), "INBOX", trusted.servers().orElseThrow())
                        .close())
                .hasMessageStartingWith("127.0.0.1 no aceptó el usuario o la contraseña.");
        assertThatThrownBy(() -> ImapMailbox.open(
                                imaps("hush"), "Nada", trusted.servers().orElseThrow())
                        .close())
                .hasMessageStartingWith("127.0.0.1 no tiene esa carpeta.");
        assertThatThrownBy(() ->
                        send(new MailServer("correo.refahub.invalid", 465, Security.TLS, "", ""), Optional.empty()))
                .hasMessageStartingWith("No existe ningún servidor de correo con el nombre correo.refahub.invalid.");
    }

    @Test
    void by_starttls_the_letter_goes_encrypted_or_not_at_all() throws Exception {
        try (StartTls plain = new StartTls(keys)) {
            MailServer set = new MailServer("127.0.0.1", plain.port(), Security.STARTTLS, "", "");
            assertThatThrownBy(() -> send(set, Optional.empty()))
                    .hasMessageStartingWith("127.0.0.1 no demostró ser quien dice");
            assertThat(plain.encrypted).isEmpty();
            send(set, Optional.of(trusted));
            assertThat(plain.encrypted).anyMatch(line -> line.startsWith("RCPT TO:<compras@refahub.example>"));
            assertThat(plain.clear).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    /** As much of SMTP (RFC 5321) as a sender needs that begins in the clear and goes on encrypted (RFC 3207). */
    private static final class StartTls implements AutoCloseable {
        final List<String> clear = new CopyOnWriteArrayList<>();
        final List<String> encrypted = new CopyOnWriteArrayList<>();
        private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        private final SSLContext context = SSLContext.getInstance("TLS");

        StartTls(KeyStore keys) throws Exception {
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, PASSWORD.toCharArray());
            context.init(own.getKeyManagers(), null, null);
            Thread.ofVirtual().start(this::serve);
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve() {
            while (!socket.isClosed())
                try (Socket one = socket.accept()) {
                    say(one, "220 mail");
                    if (talk(one, clear, true)) upgraded(one);
                } catch (IOException left) {
                    // Whoever does not trust us hangs up.
                    continue;
                }
        }

        private void upgraded(Socket one) throws IOException {
            try (SSLSocket safe = (SSLSocket) context.getSocketFactory().createSocket(one, null, one.getPort(), true)) {
                safe.setUseClientMode(false);
                safe.startHandshake();
                boolean unused = talk(safe, encrypted, false);
            }
        }

        /** @return whether to go on encrypted */
        private static boolean talk(Socket with, List<String> heard, boolean offers) throws IOException {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(with.getInputStream(), StandardCharsets.UTF_8));
            List<String> body = new ArrayList<>();
            boolean writes = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (writes && !line.equals(".")) {
                    body.add(line);
                    continue;
                }
                heard.add(line);
                if (line.startsWith("EHLO")) say(with, offers ? "250-mail\r\n250 STARTTLS" : "250 mail");
                else if (line.equals("STARTTLS")) {
                    say(with, "220 go on");
                    return true;
                } else if (line.equals("DATA")) {
                    writes = true;
                    say(with, "354 go on");
                } else if (line.equals("QUIT")) {
                    say(with, "221 bye");
                    return false;
                } else {
                    writes = false;
                    say(with, "250 fine");
                }
            }
            return false;
        }

        private static void say(Socket to, String line) throws IOException {
            OutputStream out = to.getOutputStream();
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
