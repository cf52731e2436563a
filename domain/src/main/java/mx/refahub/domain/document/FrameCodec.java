package mx.refahub.domain.document;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.store.StoreId;

/**
 * Frame ↔ bytes (docs/formats.md, 'Frame'). Big-endian: magic {@code RHF1}, int resync epoch, int count, then per document: id and store as
 * two longs each, int epoch, long sequence, text key, text type, int schema, long epoch millis, int count and ids of {@code after}, 32 bytes previous
 * hash, 32 bytes hash, 64 bytes signature, bytes body. A text or bytes is an int length and that many bytes.
 */
public final class FrameCodec {
    private static final int MAGIC = 0x52484631;
    private static final int MAX_TEXT = 1024;
    private static final int MAX_BODY = 16 * 1024 * 1024;

    private FrameCodec() {}

    /** What a document has of fixed length, the lengths of its texts and of its body included. */
    private static final int FIXED =
            16 + 16 + 4 + 8 + 4 + 4 + 4 + 8 + 4 + Sha256.LENGTH * 2 + Document.SIGNATURE_LENGTH + 4;

    /** Bytes that this document takes in a frame. */
    public static int size(Document document) {
        Envelope e = document.envelope();
        return FIXED + utf8(e.key()).length + e.type().length() + 16 * e.after().size() + document.bodyLength();
    }

    public static byte[] encode(Frame frame) {
        int size = 12;
        for (Document document : frame.documents()) size += size(document);
        ByteBuffer out = ByteBuffer.allocate(size)
                .putInt(MAGIC)
                .putInt(frame.resyncEpoch())
                .putInt(frame.documents().size());
        for (Document document : frame.documents()) write(out, document);
        return out.array();
    }

    /** @throws Failure {@code REJECTED} if the bytes are not a frame */
    public static Frame decode(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (in.getInt() != MAGIC) throw Failure.rejected("not a frame: it does not begin with RHF1");
            int resyncEpoch = in.getInt();
            int count = in.getInt();
            if (count < 1 || count > Frame.MAX_DOCUMENTS) throw Failure.rejected("frame of " + count + " documents");
            List<Document> documents = new ArrayList<>(count);
            for (int i = 0; i < count; i++) documents.add(read(in));
            if (in.hasRemaining()) throw Failure.rejected("frame with bytes after its last document");
            return new Frame(resyncEpoch, documents);
        } catch (BufferUnderflowException e) {
            throw Failure.rejected("frame is cut short");
        } catch (IllegalArgumentException e) {
            throw Failure.rejected("malformed frame: " + e.getMessage());
        }
    }

    private static void write(ByteBuffer out, Document document) {
        Envelope e = document.envelope();
        uuid(out, e.id());
        uuid(out, e.store().value());
        out.putInt(e.epoch()).putLong(e.sequence());
        text(out, e.key());
        text(out, e.type());
        out.putInt(e.schema()).putLong(e.occurredAt().toEpochMilli());
        out.putInt(e.after().size());
        for (UUID earlier : e.after()) uuid(out, earlier);
        e.previousHash().into(out);
        document.hash().into(out);
        document.signatureInto(out);
        out.putInt(document.bodyLength());
        document.bodyInto(out);
    }

    private static Document read(ByteBuffer in) {
        UUID id = uuid(in);
        StoreId store = new StoreId(uuid(in));
        int epoch = in.getInt();
        long sequence = in.getLong();
        String key = text(in);
        String type = text(in);
        int schema = in.getInt();
        Instant occurredAt = Instant.ofEpochMilli(in.getLong());
        int count = in.getInt();
        if (count < 0 || count > Envelope.MAX_AFTER) throw Failure.rejected("document " + id + " waits for " + count);
        List<UUID> after = new ArrayList<>(count);
        for (int i = 0; i < count; i++) after.add(uuid(in));
        Sha256 previous = Sha256.from(in);
        Sha256 hash = Sha256.from(in);
        byte[] signature = new byte[Document.SIGNATURE_LENGTH];
        in.get(signature);
        byte[] body = bytes(in, MAX_BODY);
        return new Document(
                new Envelope(id, store, epoch, sequence, key, type, schema, occurredAt, after, previous),
                hash,
                signature,
                body);
    }

    private static void uuid(ByteBuffer out, UUID value) {
        out.putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    /** The room for it is taken only once it is known to be there. */
    private static byte[] bytes(ByteBuffer in, int limit) {
        int length = in.getInt();
        if (length < 0 || length > limit) throw Failure.rejected("a field of " + length + " bytes in a frame");
        if (length > in.remaining()) throw new BufferUnderflowException();
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    private static void text(ByteBuffer out, String text) {
        byte[] bytes = utf8(text);
        out.putInt(bytes.length).put(bytes);
    }

    private static String text(ByteBuffer in) {
        return new String(bytes(in, MAX_TEXT), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
