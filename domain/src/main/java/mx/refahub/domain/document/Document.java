package mx.refahub.domain.document;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.UUID;

/**
 * A sealed document: envelope, hash, Ed25519 signature (RFC 8032) over the hash, and the body exactly as written. Written once, by its one
 * owner, and never edited.
 */
public final class Document {
    public static final int SIGNATURE_LENGTH = 64;
    private static final String ALGORITHM = "Ed25519";

    private final Envelope envelope;
    private final Sha256 hash;
    private final byte[] signature;
    private final byte[] body;

    /** A document read back from where it was kept; {@link #isAuthentic} tells whether it is what it says. The arrays are taken over. */
    public Document(Envelope envelope, Sha256 hash, byte[] signature, byte[] body) {
        if (signature.length != SIGNATURE_LENGTH)
            throw new IllegalArgumentException(
                    "document " + envelope.id() + " with a signature of " + signature.length + " bytes");
        this.envelope = envelope;
        this.hash = hash;
        this.signature = signature;
        this.body = body;
    }

    /** @param body UTF-8 JSON; taken over */
    public static Document seal(Envelope envelope, byte[] body, PrivateKey key) {
        Sha256 hash = envelope.hash(body);
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(key);
            signer.update(hash.bytes());
            return new Document(envelope, hash, signer.sign(), body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign document " + envelope.id(), e);
        }
    }

    /** Whether the hash is that of envelope and body, and the signature that of the key over the hash. */
    public boolean isAuthentic(PublicKey key) {
        if (!envelope.hash(body).equals(hash)) return false;
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(hash.bytes());
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    public Envelope envelope() {
        return envelope;
    }

    public UUID id() {
        return envelope.id();
    }

    public long sequence() {
        return envelope.sequence();
    }

    public Sha256 hash() {
        return hash;
    }

    public byte[] signature() {
        return signature.clone();
    }

    /** The bytes as they were written. */
    public byte[] body() {
        return body.clone();
    }

    public int bodyLength() {
        return body.length;
    }

    void signatureInto(ByteBuffer buffer) {
        buffer.put(signature);
    }

    void bodyInto(ByteBuffer buffer) {
        buffer.put(body);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Document that
                && envelope.equals(that.envelope)
                && hash.equals(that.hash)
                && Arrays.equals(signature, that.signature)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    /** Never the body: it may name people. */
    @Override
    public String toString() {
        return envelope.type() + " " + envelope.id() + " " + envelope.store() + ":" + envelope.epoch() + ":"
                + envelope.sequence();
    }
}
