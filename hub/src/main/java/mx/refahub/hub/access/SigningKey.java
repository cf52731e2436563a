package mx.refahub.hub.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import mx.refahub.domain.customer.CreditLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hub's RSA key, made at the first start and kept in a file that only the hub's user can read. Its id is its thumbprint (RFC 7638). */
public final class SigningKey {
    private static final int BITS = 3072;
    private static final Logger LOG = LoggerFactory.getLogger(SigningKey.class);
    private final RSAKey key;

    private SigningKey(RSAKey key) {
        this.key = key;
    }

    /** Reads the key in this folder, or makes one. */
    static SigningKey in(Path folder) throws IOException {
        Path file = folder.resolve("hub-signing-key.pem");
        try {
            if (Files.exists(file)) return new SigningKey(read(file));
            SigningKey made = new SigningKey(generate());
            write(folder, file, made.key);
            LOG.info("signing key made kid={}", made.key.getKeyID());
            return made;
        } catch (GeneralSecurityException | JOSEException | IllegalArgumentException e) {
            throw new IOException("cannot use the hub's signing key in " + file, e);
        }
    }

    RSAKey key() {
        return key;
    }

    public String id() {
        return key.getKeyID();
    }

    /** X.509 SubjectPublicKeyInfo in PEM. */
    public String publicPem() {
        try {
            return pem("PUBLIC KEY", key.toRSAPublicKey().getEncoded());
        } catch (JOSEException e) {
            throw new IllegalStateException("an RSA key has a public half", e);
        }
    }

    /** What the stores believe of a customer's credit. */
    public String sign(CreditLine line) {
        try {
            return line.sign(key.toRSAPrivateKey());
        } catch (JOSEException e) {
            throw new IllegalStateException("an RSA key has a private half", e);
        }
    }

    private static RSAKey generate() throws GeneralSecurityException, JOSEException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        KeyPair pair = generator.generateKeyPair();
        return of((RSAPublicKey) pair.getPublic(), (RSAPrivateCrtKey) pair.getPrivate());
    }

    private static RSAKey of(RSAPublicKey publicKey, RSAPrivateCrtKey privateKey) throws JOSEException {
        return new RSAKey.Builder(publicKey)
                .privateKey(privateKey)
                .keyIDFromThumbprint()
                .build();
    }

    private static RSAKey read(Path file) throws IOException, GeneralSecurityException, JOSEException {
        String body = Files.readString(file, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----|\\s", "");
        KeyFactory keys = KeyFactory.getInstance("RSA");
        RSAPrivateCrtKey privateKey = (RSAPrivateCrtKey)
                keys.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
        RSAPublicKey publicKey = (RSAPublicKey)
                keys.generatePublic(new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
        return of(publicKey, privateKey);
    }

    private static void write(Path folder, Path file, RSAKey key) throws IOException, JOSEException {
        Files.createDirectories(folder);
        Path half = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(half);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix"))
            Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        else Files.createFile(half);
        Files.writeString(half, pem("PRIVATE KEY", key.toRSAPrivateKey().getEncoded()), StandardOpenOption.WRITE);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
