package mx.refahub.hub.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressFetchTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<ServerSocket> servers = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (ServerSocket server : servers) server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.254",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.251",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::7f00:1",
                "100::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001::1",
                "2001:10::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "4000::1"
            })
    void nothing_but_public_unicast_addresses_is_called(String address) throws UnknownHostException {
        assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.167.255.255",
                "198.17.255.255",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4003::8",
                "2001:200::1"
            })
    void addresses_of_the_internet_are(String address) throws UnknownHostException {
        assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not an address",
                "ftp://example.com/a.jpg",
                "file:///etc/passwd",
                "http://user:password@example.com/a.jpg",
                "http:///a.jpg",
                "https://example.com:8443/a.jpg",
                "http://example.com:22/",
                "jar:http://example.com/a!/b"
            })
    void only_plain_web_addresses_on_the_usual_ports_are_taken(String address) {
        AddressFetch fetch = new AddressFetch(
                name -> {
                    throw new AssertionError("looked up " + name);
                },
                any -> true,
                Set.of(80, 443),
                Duration.ofSeconds(1));
        assertThat(refused(fetch.fetch(address)).code()).isEqualTo("image-address-wrong");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/a.jpg",
                "http://localhost/a.jpg",
                "http://[::1]/a.jpg",
                "http://[::ffff:10.0.0.1]/a.jpg",
                "http://169.254.169.254/latest/meta-data"
            })
    void this_machine_and_its_network_are_not_called(String address) {
        assertThat(refused(new AddressFetch().fetch(address)).code()).isEqualTo("image-address-private");
    }

    @Test
    void a_name_with_one_private_address_is_not_called_at_all() throws UnknownHostException {
        InetAddress[] mixed = {InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1")};
        AddressFetch fetch =
                new AddressFetch(name -> mixed, PublicAddresses::contains, Set.of(80), Duration.ofSeconds(1));
        assertThat(refused(fetch.fetch("http://mixed.example/a.jpg")).code()).isEqualTo("image-address-private");
    }

    @Test
    void the_name_is_looked_up_once_and_its_address_is_called_by_that_name() {
        int port = serve("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        int[] lookUps = new int[1];
        AddressFetch fetch = new AddressFetch(
                name -> {
                    assertThat(name).isEqualTo("pictures.example");
                    lookUps[0]++;
                    return new InetAddress[] {InetAddress.getLoopbackAddress()};
                },
                any -> true,
                Set.of(port),
                Duration.ofSeconds(5));

        Outcome<byte[]> outcome = fetch.fetch("http://pictures.example:" + port + "/a/b.jpg?v=2");

        assertThat(outcome.fold(body -> new String(body, StandardCharsets.US_ASCII), Refusal::code))
                .isEqualTo("hello");
        assertThat(lookUps[0]).isEqualTo(1);
        assertThat(asked.getFirst()).startsWith("GET /a/b.jpg?v=2 HTTP/1.1\r\nHost: pictures.example:" + port);
    }

    @Test
    void answers_in_chunks_are_put_together() {
        int port = serve("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");
        assertThat(fetch(port).fold(body -> new String(body, StandardCharsets.US_ASCII), Refusal::code))
                .isEqualTo("abcde");
    }

    @Test
    void nobody_is_followed_elsewhere_and_too_much_and_broken_answers_are_refused() {
        assertThat(refused(fetch(serve("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n")))
                        .code())
                .isEqualTo("image-address-redirects");
        assertThat(refused(fetch(serve("HTTP/1.1 404 Not Found\r\n\r\n"))).arguments())
                .containsExactly("404");
        assertThat(refused(fetch(serve("HTTP/1.1 200 OK\r\nContent-Length: 5000001\r\n\r\n")))
                        .code())
                .isEqualTo("image-too-large");
        assertThat(refused(fetch(serve("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n")))
                        .code())
                .isEqualTo("image-too-large");
        assertThat(refused(fetch(serve("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")))
                        .code())
                .isEqualTo("image-address-unreachable");
        assertThat(refused(fetch(serve("SSH-2.0-OpenSSH\r\n"))).code()).isEqualTo("image-address-unreachable");
    }

    @Test
    void one_that_does_not_answer_is_given_up() {
        AddressFetch fetch = new AddressFetch(
                name -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                any -> true,
                Set.of(silent()),
                Duration.ofMillis(200));
        assertThat(refused(fetch.fetch(
                                "http://slow.example:" + servers.getLast().getLocalPort() + "/"))
                        .code())
                .isEqualTo("image-address-slow");
    }

    private static Refusal refused(Outcome<byte[]> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<byte[]>) outcome).refusal();
    }

    private static Outcome<byte[]> fetch(int port) {
        return new AddressFetch(
                        name -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                        any -> true,
                        Set.of(port),
                        Duration.ofSeconds(5))
                .fetch("http://pictures.example:" + port + "/a.jpg");
    }

    private int silent() {
        try {
            servers.add(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
            return servers.getLast().getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int serve(String answer) {
        int port = silent();
        ServerSocket server = servers.getLast();
        Thread.ofVirtual().start(() -> {
            try (Socket socket = server.accept()) {
                byte[] buffer = new byte[4096];
                StringBuilder request = new StringBuilder();
                while (request.indexOf("\r\n\r\n") < 0) {
                    int read = socket.getInputStream().read(buffer);
                    if (read < 0) return;
                    request.append(new String(buffer, 0, read, StandardCharsets.US_ASCII));
                }
                asked.add(request.toString());
                OutputStream out = socket.getOutputStream();
                out.write(answer.getBytes(StandardCharsets.US_ASCII));
                out.flush();
            } catch (IOException e) {
                asked.add("broken: " + e);
            }
        });
        return port;
    }
}
