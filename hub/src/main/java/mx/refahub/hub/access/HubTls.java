package mx.refahub.hub.access;

import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import mx.refahub.domain.wire.OwnCertificate;
import mx.refahub.hub.HubSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the hub shows over TLS: its own key in a certificate of its own making, the same over HTTP and at the broker. Stores trust the key, which they
 * got at registration, so the certificate is made anew at each start, under a password that no file has.
 */
public record HubTls(Path keyStore, String password) {
    private static final Logger LOG = LoggerFactory.getLogger(HubTls.class);
    private static final Duration LIFE = Duration.ofDays(3_650);
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    /** Empty where TLS is off, by the settings or because only this machine can connect. */
    static Optional<HubTls> of(
            HubSettings settings,
            SigningKey key,
            @Nullable String httpAddress,
            @Nullable String brokerHost,
            Secrets secrets,
            Instant now)
            throws IOException {
        boolean on = switch (settings.tls()) {
            case ON -> true;
            case OFF -> false;
            case AUTO -> !isLoopback(httpAddress) || !isLoopback(brokerHost);
        };
        if (!on) return Optional.empty();
        Path file = settings.data().resolve("keys").resolve("hub-tls.p12").toAbsolutePath();
        String password = secrets.next();
        write(file, key, password, now);
        LOG.info("tls on kid={}", key.id());
        return Optional.of(new HubTls(file, password));
    }

    private static void write(Path file, SigningKey key, String password, Instant now) throws IOException {
        try {
            KeyPair keys = key.key().toKeyPair();
            Certificate own = OwnCertificate.of(keys, "RefaHub", now.minus(CLOCKS_DIFFER), now.plus(LIFE));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("hub", keys.getPrivate(), password.toCharArray(), new Certificate[] {own});
            Files.deleteIfExists(file);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix"))
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            // For whoever comes from this machine's command line, and to be compared with what a store shows.
            Files.writeString(file.resolveSibling("hub-public-key.pem"), key.publicPem());
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, password.toCharArray());
            }
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IOException("cannot make the hub's certificate", e);
        }
    }

    private static boolean isLoopback(@Nullable String host) {
        if (host == null || host.isBlank()) return false;
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "HubTls[" + keyStore + "]";
    }
}
