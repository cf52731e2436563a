package mx.refahub.store.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets for the database by AES-256-GCM under a key that lies in a file beside it, so that a copy of the database alone gives nothing away.
 * A sealed value is 12 bytes of nonce, then ciphertext and tag; its purpose is authenticated with it, so that sealed values cannot be swapped.
 */
public final class KeyFile {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    private final SecretKeySpec key;
    private final SecureRandom random;

    private KeyFile(byte[] key, SecureRandom random) {
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /**
     * Opens the key file, or makes it on the first start.
     *
     * @throws IllegalStateException if others than its owner may read it, saying how to mend it
     */
    public static KeyFile open(Path file, SecureRandom random) {
        try {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
            boolean posix = Files.getFileStore(existing(folder)).supportsFileAttributeView("posix");
            if (!Files.exists(file)) make(file, folder, posix, random);
            if (posix) {
                check(folder, OWNER_FOLDER, "700");
                check(file, OWNER_FILE, "600");
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length != KEY_BYTES)
                throw new IllegalStateException("the key file " + file + " has " + key.length + " bytes instead of "
                        + KEY_BYTES + ": restore it from the backup");
            return new KeyFile(key, random);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key file " + file, e);
        }
    }

    public byte[] seal(String purpose, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = apply(Cipher.ENCRYPT_MODE, purpose, nonce, secret, 0);
        byte[] out = new byte[NONCE_BYTES + sealed.length];
        System.arraycopy(nonce, 0, out, 0, NONCE_BYTES);
        System.arraycopy(sealed, 0, out, NONCE_BYTES, sealed.length);
        return out;
    }

    /** @throws IllegalStateException if it was sealed under another key or for another purpose */
    public byte[] open(String purpose, byte[] sealed) {
        if (sealed.length < NONCE_BYTES) throw new IllegalStateException("the sealed " + purpose + " is cut short");
        return apply(Cipher.DECRYPT_MODE, purpose, Arrays.copyOf(sealed, NONCE_BYTES), sealed, NONCE_BYTES);
    }

    private byte[] apply(int mode, String purpose, byte[] nonce, byte[] input, int from) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input, from, input.length - from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the " + purpose + " does not open: the key file is not the one that sealed it", e);
        }
    }

    private static void make(Path file, Path folder, boolean posix, SecureRandom random) throws IOException {
        if (posix) {
            Files.createDirectories(folder.getParent());
            if (!Files.exists(folder))
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_FILE));
        } else {
            Files.createDirectories(folder);
            Files.createFile(file);
        }
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(key);
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(true);
        }
    }

    private static void check(Path path, Set<PosixFilePermission> wanted, String mode) throws IOException {
        if (!wanted.containsAll(Files.getPosixFilePermissions(path)))
            throw new IllegalStateException(path + " can be read by others than its owner: run chmod " + mode + " "
                    + path + " and start again");
    }

    private static Path existing(Path folder) {
        Path at = folder;
        while (!Files.exists(at)) at = Objects.requireNonNull(at.getParent());
        return at;
    }
}
