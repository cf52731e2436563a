package mx.refahub.batch.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What seals a copy: a passphrase that lies outside of everything that is copied.
 *
 * <p>A sealed file begins with {@code RFHSEAL1}, a salt of 16 bytes, the rounds as a whole number of 4 bytes and a nonce's first 7 bytes. Segments of a mebibyte follow,
 * the last one shorter or empty, each by AES-256-GCM with a tag of 16 bytes; its nonce is those 7 bytes, the segment's number in 4 and 1 for the last segment, else 0; the
 * header is authenticated with each. So a segment that was changed, moved, left out or cut off is noticed (Hoang, Reyhanitabar, Rogaway, Vizár: Online
 * Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, 2015, construction STREAM). The key is PBKDF2 with HMAC-SHA-256 of passphrase and salt; every file has a
 * salt of its own, and so a key of its own.
 */
public final class SealKey {
    static final int SEGMENT = 1 << 20;
    static final int TAG = 16;
    static final int HEADER = 8 + 16 + 4 + 7;
    /** OWASP's advice for PBKDF2 with HMAC-SHA-256, 2023. */
    static final int ROUNDS = 600_000;

    private static final byte[] MAGIC = "RFHSEAL1".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_ROUNDS = 10_000_000;
    private static final int SHORTEST = 12;

    private final char[] passphrase;
    private final int rounds;

    SealKey(String passphrase, int rounds) {
        if (passphrase.length() < SHORTEST)
            throw new IllegalArgumentException("the passphrase has fewer than " + SHORTEST + " letters");
        this.passphrase = passphrase.toCharArray();
        this.rounds = rounds;
    }

    /** @param file its first line is the passphrase, twelve letters at least */
    public static SealKey in(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        try {
            return new SealKey(text, ROUNDS);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    byte[] header(byte[] salt, byte[] prefix) {
        return ByteBuffer.allocate(HEADER)
                .put(MAGIC)
                .put(salt)
                .putInt(rounds)
                .put(prefix)
                .array();
    }

    /** The ciphers of one file, by its header. */
    Segments segments(byte[] header) throws IOException {
        if (!Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length))
            throw new Broken("this is no sealed copy of RefaHub", null);
        ByteBuffer rest = ByteBuffer.wrap(header, MAGIC.length, HEADER - MAGIC.length);
        byte[] salt = new byte[16];
        rest.get(salt);
        int told = rest.getInt();
        if (told < 1 || told > MOST_ROUNDS) throw new Broken("the sealed copy's header is damaged", null);
        byte[] prefix = new byte[7];
        rest.get(prefix);
        try {
            PBEKeySpec spec = new PBEKeySpec(passphrase, salt, told, 256);
            byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            spec.clearPassword();
            return new Segments(new SecretKeySpec(key, "AES"), header.clone(), prefix);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot derive keys", e);
        }
    }

    /** What was read is not what was sealed, or not with this passphrase. */
    static final class Broken extends IOException {
        private static final long serialVersionUID = 1L;

        Broken(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** One file's. */
    static final class Segments {
        private final SecretKey key;
        private final byte[] header;
        private final byte[] prefix;
        private int number;

        private Segments(SecretKey key, byte[] header, byte[] prefix) {
            this.key = key;
            this.header = header;
            this.prefix = prefix;
        }

        byte[] seal(byte[] plain, int length, boolean last) {
            try {
                return next(Cipher.ENCRYPT_MODE, last).doFinal(plain, 0, length);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java cannot seal", e);
            }
        }

        byte[] open(byte[] sealed, int length, boolean last) throws IOException {
            int which = number;
            try {
                return next(Cipher.DECRYPT_MODE, last).doFinal(sealed, 0, length);
            } catch (GeneralSecurityException e) {
                throw new Broken(
                        which == 0
                                ? "the sealed copy does not open: the passphrase is another one, or the file is damaged"
                                : "the sealed copy is damaged or cut off in segment " + which,
                        e);
            }
        }

        private Cipher next(int mode, boolean last) throws GeneralSecurityException {
            if (number == Integer.MAX_VALUE) throw new IllegalStateException("too long for one sealed copy");
            byte[] nonce = ByteBuffer.allocate(12)
                    .put(prefix)
                    .putInt(number++)
                    .put((byte) (last ? 1 : 0))
                    .array();
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
            cipher.updateAAD(header);
            return cipher;
        }
    }
}
