package mx.refahub.hub.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Keeps small secrets in the database unreadable without a key that lies beside it: AES-256-GCM, the nonce in front. */
public final class SecretBox {
    private static final String FILE = "secrets.key";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    private SecretBox(byte[] key, SecureRandom random) {
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /** With the key in this folder, or one made there. */
    static SecretBox in(Path folder, SecureRandom random) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) make(folder, file, random);
        byte[] key = Files.readAllBytes(file);
        if (key.length != KEY_BYTES) throw new IOException(file + " is no key of " + KEY_BYTES + " bytes");
        return new SecretBox(key, random);
    }

    private static void make(Path folder, Path file, SecureRandom random) throws IOException {
        Files.createDirectories(folder);
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        Path half = folder.resolve(FILE + ".new");
        Files.deleteIfExists(half);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix"))
            Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        else Files.createFile(half);
        Files.write(half, key, StandardOpenOption.WRITE);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** @param owner bound to what is kept, so that it opens for nobody else */
    public byte[] close(byte[] secret, byte[] owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] closed = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(secret);
            return ByteBuffer.allocate(nonce.length + closed.length)
                    .put(nonce)
                    .put(closed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot encrypt", e);
        }
    }

    /** @throws IllegalStateException with another key, for another owner, or if it was altered */
    public byte[] open(byte[] kept, byte[] owner) {
        ByteBuffer all = ByteBuffer.wrap(kept);
        byte[] nonce = new byte[NONCE_BYTES];
        all.get(nonce);
        byte[] closed = new byte[all.remaining()];
        all.get(closed);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce, owner).doFinal(closed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot decrypt: was " + FILE + " replaced?", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner);
        return cipher;
    }
}
