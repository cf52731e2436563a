package mx.refahub.hub.access;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import mx.refahub.domain.hub.SecondFactors.Enrolment;

/** Codes as authenticator apps make them (RFC 6238 with their usual settings), with one step of grace on either side for clocks that differ. */
final class Authenticator {
    static final int SECRET_BYTES = 20;
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final int DIGITS = 6;
    private static final String ISSUER = "RefaHub";
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator(
            STEP, DIGITS, TimeBasedOneTimePasswordGenerator.TOTP_ALGORITHM_HMAC_SHA1);

    /** The step that the code is of; empty if it is of none near. Later steps first, so that each code is known by one. */
    OptionalLong step(byte[] secret, String code, Instant now) {
        String typed = code.replaceAll("\\s", "");
        if (typed.length() != DIGITS) return OptionalLong.empty();
        long present = now.getEpochSecond() / STEP.toSeconds();
        long found = -1;
        for (long step = present + 1; step >= present - 1; step--)
            if (same(typed, code(secret, Instant.ofEpochSecond(step * STEP.toSeconds()))) && found < 0) found = step;
        return found < 0 ? OptionalLong.empty() : OptionalLong.of(found);
    }

    private static boolean same(String typed, String code) {
        return MessageDigest.isEqual(typed.getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
    }

    String code(byte[] secret, Instant at) {
        try {
            return codes.generateOneTimePasswordString(
                    new SecretKeySpec(secret, codes.getAlgorithm()), at, Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a secret of " + secret.length + " bytes", e);
        }
    }

    /** Key URI format of the authenticator apps. */
    static Enrolment enrolment(byte[] secret, String account) {
        String text = base32(secret);
        return new Enrolment(
                text,
                "otpauth://totp/" + ISSUER + ":" + encoded(account) + "?secret=" + text + "&issuer=" + ISSUER
                        + "&algorithm=SHA1&digits=" + DIGITS + "&period=" + STEP.toSeconds());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** RFC 4648, without padding. */
    static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte each : bytes) {
            held = held << 8 | each & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(BASE32.charAt(held >> bits & 31));
            }
        }
        if (bits > 0) text.append(BASE32.charAt(held << 5 - bits & 31));
        return text.toString();
    }
}
