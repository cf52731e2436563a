package mx.refahub.routes.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts what Java trusts, and the certificates of a file besides: a company's own mail server has one that nobody else signed. The name is checked all the same. */
public final class TrustedServers {
    private TrustedServers() {}

    /** @throws IllegalArgumentException if the file holds no certificate that can be read */
    public static SSLSocketFactory of(Path file) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            // All in one store: each chain is checked once, against everything that is trusted.
            List<Certificate> all = Stream.concat(own(file).stream(), Arrays.stream(known().getAcceptedIssuers()))
                    .toList();
            for (int i = 0; i < all.size(); i++) store.setCertificateEntry("trusted-" + i, all.get(i));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager(store)}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("refahub.mail.trusted-certificates: " + file + " cannot be used", e);
        }
    }

    private static Collection<? extends Certificate> own(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> own =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (own.isEmpty() || !own.stream().allMatch(X509Certificate.class::isInstance))
                throw new IOException("no certificate in it");
            return own;
        }
    }

    private static X509TrustManager known() throws GeneralSecurityException {
        return manager(null);
    }

    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers())
            if (manager instanceof X509TrustManager found) return found;
        throw new GeneralSecurityException("no X.509 trust manager");
    }
}
