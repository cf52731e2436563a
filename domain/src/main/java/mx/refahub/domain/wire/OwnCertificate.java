package mx.refahub.domain.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A certificate that an RSA key issues to itself (RFC 5280, DER by hand: the JDK has no public way to make one). Its name means nothing: who trusts it trusts
 * the key.
 */
public final class OwnCertificate {
    /** sha256WithRSAEncryption, 1.2.840.113549.1.1.11, with its NULL. */
    private static final byte[] SHA256_WITH_RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00
    };
    /** commonName, 2.5.4.3. */
    private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};

    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int UTF8 = 0x0c;
    private static final int BITS = 0x03;
    private static final int INTEGER = 0x02;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int VERSION = 0xa0;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private OwnCertificate() {}

    public static X509Certificate of(KeyPair keys, String name, Instant from, Instant until)
            throws GeneralSecurityException {
        byte[] named =
                der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8, name.getBytes(StandardCharsets.UTF_8)))));
        byte[] body = der(
                SEQUENCE,
                der(VERSION, der(INTEGER, new byte[] {2})),
                der(INTEGER, serial(from)),
                SHA256_WITH_RSA,
                named,
                der(SEQUENCE, time(from), time(until)),
                named,
                keys.getPublic().getEncoded());
        Signature signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(keys.getPrivate());
        signer.update(body);
        byte[] whole = der(SEQUENCE, body, SHA256_WITH_RSA, der(BITS, new byte[] {0}, signer.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] serial(Instant from) {
        return java.math.BigInteger.valueOf(from.toEpochMilli()).toByteArray();
    }

    private static byte[] time(Instant at) {
        return der(GENERALIZED_TIME, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) content.writeBytes(part);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length < 0x80) whole.write(length);
        else if (length < 0x100) {
            whole.write(0x81);
            whole.write(length);
        } else {
            whole.write(0x82);
            whole.write(length >> 8);
            whole.write(length & 0xff);
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
