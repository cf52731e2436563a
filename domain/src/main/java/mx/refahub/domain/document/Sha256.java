package mx.refahub.domain.document;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value. {@link #NONE}, all zeros, stands before the first document of a chain. */
public final class Sha256 {
    public static final int LENGTH = 32;
    public static final Sha256 NONE = new Sha256(new byte[LENGTH]);

    private final byte[] bytes;

    private Sha256(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException unless there are 32 bytes */
    public static Sha256 of(byte[] bytes) {
        if (bytes.length != LENGTH) throw new IllegalArgumentException("a SHA-256 has 32 bytes, not " + bytes.length);
        return new Sha256(bytes.clone());
    }

    public static Sha256 parse(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    public static Sha256 digest(byte[] content) {
        return new Sha256(newDigest().digest(content));
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static Sha256 finish(MessageDigest digest) {
        return new Sha256(digest.digest());
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    void into(ByteBuffer buffer) {
        buffer.put(bytes);
    }

    static Sha256 from(ByteBuffer buffer) {
        byte[] bytes = new byte[LENGTH];
        buffer.get(bytes);
        return new Sha256(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sha256 that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Lower-case hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
