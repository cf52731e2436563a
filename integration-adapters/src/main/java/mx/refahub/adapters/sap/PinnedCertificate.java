package mx.refahub.adapters.sap;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import mx.refahub.domain.wire.PinnedTrust;

/**
 * Takes one certificate, by its SHA-256, whoever signed it and whatever name stands in it: a Service Layer is installed with one that it signed itself.
 */
final class PinnedCertificate extends PinnedTrust {
    private final byte[] fingerprint;

    /** @param fingerprint 64 hexadecimal digits, colons and blanks between them as programs show it */
    private PinnedCertificate(String fingerprint) {
        this.fingerprint = HexFormat.of().parseHex(digits(fingerprint));
    }

    static String digits(String fingerprint) {
        return fingerprint.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
    }

    static boolean isFingerprint(String text) {
        return digits(text).matches("[0-9a-f]{64}");
    }

    static SSLContext context(String fingerprint) {
        return new PinnedCertificate(fingerprint).context();
    }

    @Override
    protected void check(X509Certificate certificate) throws CertificateException {
        try {
            byte[] shown = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            if (!MessageDigest.isEqual(shown, fingerprint))
                throw new CertificateException(
                        "the certificate is another: SHA-256 " + HexFormat.of().formatHex(shown));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
