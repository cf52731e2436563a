package mx.refahub.domain.wire;

import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trusts one public key and nothing else: no authority, no name, no date. What a store knows of its hub since the registration is this key; the certificate
 * around it may be made anew at any time.
 */
public final class PinnedKey extends PinnedTrust {
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

    @Override
    protected void check(X509Certificate certificate) throws CertificateException {
        byte[] shown = certificate.getPublicKey().getEncoded();
        byte[] expected = key;
        if (expected != null && !MessageDigest.isEqual(expected, shown)) throw new WrongKey();
        seen = shown;
    }
}
