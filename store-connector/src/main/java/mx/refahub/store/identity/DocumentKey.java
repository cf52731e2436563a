package mx.refahub.store.identity;

import java.io.IOException;
import java.security.PrivateKey;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/**
 * The key that signs this store's documents: Ed25519 (RFC 8032). Bouncy Castle's signer, because it takes a tenth of the JDK's time, and a customer waits for each
 * signature; what it writes is the same to the bit, and the JDK verifies it.
 */
public final class DocumentKey {
    private final byte[] pkcs8;
    private final Ed25519PrivateKeyParameters key;

    private DocumentKey(byte[] pkcs8, Ed25519PrivateKeyParameters key) {
        this.pkcs8 = pkcs8;
        this.key = key;
    }

    public static DocumentKey of(PrivateKey key) {
        return parse(key.getEncoded());
    }

    /** @throws IllegalStateException if it is not such a key */
    static DocumentKey parse(byte[] pkcs8) {
        try {
            if (PrivateKeyFactory.createKey(pkcs8) instanceof Ed25519PrivateKeyParameters key)
                return new DocumentKey(pkcs8.clone(), key);
        } catch (IOException e) {
            throw new IllegalStateException("the store's private key is damaged", e);
        }
        throw new IllegalStateException("the store's private key is not an Ed25519 key");
    }

    public byte[] sign(byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    byte[] pkcs8() {
        return pkcs8.clone();
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "DocumentKey";
    }
}
