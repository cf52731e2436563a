package mx.refahub.domain.wire;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts one public key and nothing else: no authority, no name, no date. What a store knows of its hub since the registration is this key; the certificate
 * around it may be made anew at any time.
 */
public final class PinnedKey extends X509ExtendedTrustManager {
    private final byte @Nullable [] key;
    private volatile byte @Nullable [] seen;

    private PinnedKey(byte @Nullable [] key) {
        this.key = key;
    }

    /** @param pem X.509 SubjectPublicKeyInfo */
    public static PinnedKey of(String pem) {
        return new PinnedKey(der(pem));
    }

    /** Takes whatever key it is shown and remembers it: for the registration, whose answer says which key it should have been. */
    public static PinnedKey firstContact() {
        return new PinnedKey(null);
    }

    /** Whether the other side was last seen with this key; true if it was not seen at all (no TLS). */
    public boolean sawOnly(String pem) {
        byte[] shown = seen;
        return shown == null || MessageDigest.isEqual(shown, der(pem));
    }

    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    /** What went wrong in words, when a connection failed because of the key. */
    public static Optional<String> refusal(@Nullable Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause())
            if (each instanceof WrongKey wrong) return Optional.ofNullable(wrong.getMessage());
        return Optional.empty();
    }

    private static final class WrongKey extends CertificateException {
        private static final long serialVersionUID = 1;

        WrongKey() {
            super("the server shows another key than the hub's: this is not the hub that the store is registered at,"
                    + " or somebody stands in between");
        }
    }

    private static byte[] der(String pem) {
        return Base64.getDecoder().decode(pem.replaceAll("-----[A-Z ]+-----|\\s", ""));
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        byte[] shown = chain[0].getPublicKey().getEncoded();
        byte[] expected = key;
        if (expected != null && !MessageDigest.isEqual(expected, shown)) throw new WrongKey();
        seen = shown;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("this side is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("this side is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("this side is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
