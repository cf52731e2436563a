package mx.refahub.hub.image;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartGallery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a picture from an address that a person typed, and nothing else from anywhere else: the name is looked up once, every address
 * that it has must be public, the connection goes to that address and not to the name, nobody is followed elsewhere, and the whole has one
 * deadline. Its own few lines of HTTP (RFC 9112), because no client of the JDK takes an address beside a name.
 */
final class AddressFetch {
    private static final Logger LOG = LoggerFactory.getLogger(AddressFetch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST = PartGallery.MOST_BYTES_BY_ADDRESS;
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int MOST_HEADERS = 100;

    /** As {@link InetAddress#getAllByName}. */
    @FunctionalInterface
    interface Names {
        InetAddress[] lookUp(String name) throws UnknownHostException;
    }

    private final Names names;
    private final Predicate<InetAddress> allowed;
    private final Set<Integer> ports;
    private final Duration patience;

    AddressFetch() {
        this(InetAddress::getAllByName, PublicAddresses::contains, Set.of(80, 443), PATIENCE);
    }

    AddressFetch(Names names, Predicate<InetAddress> allowed, Set<Integer> ports, Duration patience) {
        this.names = names;
        this.allowed = allowed;
        this.ports = ports;
        this.patience = patience;
    }

    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Outcome<byte[]> outcome;

        Refused(String code, String... arguments) {
            super(code, null, false, false);
            outcome = Outcome.refused(code, arguments);
        }
    }

    private record Target(boolean secure, String host, int port, String path) {}

    Outcome<byte[]> fetch(String address) {
        Target target;
        try {
            target = target(address);
        } catch (Refused e) {
            return e.outcome;
        }
        Socket[] open = new Socket[1];
        FutureTask<byte[]> task = new FutureTask<>(() -> {
            InetAddress chosen = chosen(target.host());
            try (Socket socket = new Socket()) {
                synchronized (open) {
                    open[0] = socket;
                }
                socket.connect(new InetSocketAddress(chosen, target.port()), (int) patience.toMillis());
                socket.setSoTimeout((int) patience.toMillis());
                return target.secure() ? overTls(socket, target) : asked(socket, target);
            }
        });
        Thread.ofVirtual().name("picture fetch").start(task);
        try {
            return Outcome.done(task.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            task.cancel(true);
            close(open);
            return Outcome.refused("image-address-slow", Long.toString(patience.toSeconds()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refused refused) return refused.outcome;
            if (e.getCause() instanceof SocketTimeoutException)
                return Outcome.refused("image-address-slow", Long.toString(patience.toSeconds()));
            if (e.getCause() instanceof IOException failure) {
                LOG.info("picture not fetched host={} cause={}", target.host(), failure.toString());
                return Outcome.refused("image-address-unreachable", target.host());
            }
            throw new IllegalStateException("fetching a picture", e.getCause());
        } catch (InterruptedException | CancellationException e) {
            close(open);
            Thread.currentThread().interrupt();
            return Outcome.refused("image-address-slow", Long.toString(patience.toSeconds()));
        }
    }

    private static void close(@Nullable Socket[] open) {
        synchronized (open) {
            Socket socket = open[0];
            if (socket == null) return;
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("closing a late connection", e);
            }
        }
    }

    private Target target(String address) throws Refused {
        URI uri;
        try {
            uri = new URI(address.strip());
        } catch (URISyntaxException e) {
            throw new Refused("image-address-wrong");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        boolean secure = scheme.equals("https");
        if (!secure && !scheme.equals("http")) throw new Refused("image-address-wrong");
        if (host == null || host.isEmpty() || uri.getRawUserInfo() != null) throw new Refused("image-address-wrong");
        int port = uri.getPort() == -1 ? secure ? 443 : 80 : uri.getPort();
        if (!ports.contains(port)) throw new Refused("image-address-wrong");
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        if (uri.getRawQuery() != null) path += "?" + uri.getRawQuery();
        // What stands in the request line is printable ASCII, whatever was typed.
        if (!path.chars().allMatch(c -> c > 0x20 && c < 0x7f))
            path = URI.create(path).toASCIIString();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Target(secure, bare, port, path);
    }

    /** One that is not public among several is enough to refuse them all. */
    private InetAddress chosen(String host) throws Refused {
        InetAddress[] found;
        try {
            found = names.lookUp(host);
        } catch (UnknownHostException e) {
            throw new Refused("image-address-unreachable", host);
        }
        for (InetAddress each : found) if (!allowed.test(each)) throw new Refused("image-address-private", host);
        if (found.length == 0) throw new Refused("image-address-unreachable", host);
        return found[0];
    }

    private static byte[] overTls(Socket plain, Target target) throws IOException, Refused {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (SSLSocket socket = (SSLSocket) factory.createSocket(plain, target.host(), target.port(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            // A literal address has no name to say.
            if (!target.host().contains(":") && !target.host().matches("[0-9.]+"))
                parameters.setServerNames(List.of(new SNIHostName(target.host())));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return asked(socket, target);
        }
    }

    private static byte[] asked(Socket socket, Target target) throws IOException, Refused {
        String host = target.host().contains(":") ? "[" + target.host() + "]" : target.host();
        boolean usual = target.port() == (target.secure() ? 443 : 80);
        String request = "GET " + target.path() + " HTTP/1.1\r\nHost: " + host + (usual ? "" : ":" + target.port())
                + "\r\nAccept: image/*\r\nAccept-Encoding: identity\r\nUser-Agent: RefaHub\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String first = line(in);
        if (!first.matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) throw new IOException("no HTTP answer");
        int status = Integer.parseInt(first.substring(9, 12));
        long length = -1;
        boolean chunked = false;
        for (int i = 0; ; i++) {
            String header = line(in);
            if (header.isEmpty()) break;
            if (i == MOST_HEADERS) throw new IOException("too many headers");
            int colon = header.indexOf(':');
            if (colon < 1) throw new IOException("header without a colon");
            String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = header.substring(colon + 1).strip();
            if (name.equals("content-length")) length = value.matches("[0-9]{1,15}") ? Long.parseLong(value) : -1;
            if (name.equals("transfer-encoding"))
                chunked = value.toLowerCase(Locale.ROOT).contains("chunked");
        }
        if (status / 100 == 3) throw new Refused("image-address-redirects");
        if (status != 200) throw new Refused("image-address-refused", Integer.toString(status));
        if (chunked) return chunks(in);
        if (length > MOST) throw tooLarge();
        byte[] body = in.readNBytes((int) (length < 0 ? MOST + 1 : length));
        if (body.length > MOST) throw tooLarge();
        if (body.length < length) throw new EOFException("the answer broke off");
        return body;
    }

    private static byte[] chunks(InputStream in) throws IOException, Refused {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (true) {
            String size = line(in).split(";", 2)[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,7}")) throw new IOException("chunk without a size");
            int length = Integer.parseInt(size, 16);
            if (length == 0) return out.toByteArray();
            if (out.size() + length > MOST) throw tooLarge();
            byte[] chunk = in.readNBytes(length);
            if (chunk.length < length) throw new EOFException("the answer broke off");
            out.writeBytes(chunk);
            if (!line(in).isEmpty()) throw new IOException("chunk without an end");
        }
    }

    private static Refused tooLarge() {
        return new Refused("image-too-large", Integer.toString(MOST / 1_000_000));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder out = new StringBuilder();
        while (true) {
            int c = in.read();
            if (c < 0) throw new EOFException("the answer broke off");
            if (c == '\n') break;
            if (out.length() == LONGEST_LINE) throw new IOException("a line without end");
            out.append((char) c);
        }
        int end = out.length();
        if (end > 0 && out.charAt(end - 1) == '\r') out.setLength(end - 1);
        return out.toString();
    }
}
