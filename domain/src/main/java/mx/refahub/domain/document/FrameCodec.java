package mx.refahub.domain.document;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
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

    /** Bytes that this document takes in a frame. */
    public static int size(Document document) {
        Envelope e = document.envelope();
        return 16
                + 16
                + 4
                + 8
                + 4
                + utf8(e.key()).length
                + 4
                + utf8(e.type()).length
                + 4
                + 8
                + 4
                + 16 * e.after().size()
                + Sha256.LENGTH * 2
                + Document.SIGNATURE_LENGTH
                + 4
                + document.bodyLength();
    }

    public static byte[] encode(Frame frame) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(
                frame.documents().stream().mapToInt(FrameCodec::size).sum() + 12);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(frame.resyncEpoch());
            out.writeInt(frame.documents().size());
            for (Document document : frame.documents()) write(out, document);
        } catch (IOException e) {
            throw new IllegalStateException("a byte array does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** @throws Failure {@code REJECTED} if the bytes are not a frame */
    public static Frame decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != MAGIC) throw Failure.rejected("not a frame: it does not begin with RHF1");
            int resyncEpoch = in.readInt();
            int count = in.readInt();
            if (count < 1 || count > Frame.MAX_DOCUMENTS) throw Failure.rejected("frame of " + count + " documents");
            List<Document> documents = new ArrayList<>(count);
            for (int i = 0; i < count; i++) documents.add(read(in));
            if (in.read() != -1) throw Failure.rejected("frame with bytes after its last document");
            return new Frame(resyncEpoch, documents);
        } catch (IOException e) {
            throw Failure.rejected("frame is cut short");
        } catch (IllegalArgumentException e) {
            throw Failure.rejected("malformed frame: " + e.getMessage());
        }
    }

    private static void write(DataOutputStream out, Document document) throws IOException {
        Envelope e = document.envelope();
        uuid(out, e.id());
        uuid(out, e.store().value());
        out.writeInt(e.epoch());
        out.writeLong(e.sequence());
        bytes(out, utf8(e.key()));
        bytes(out, utf8(e.type()));
        out.writeInt(e.schema());
        out.writeLong(e.occurredAt().toEpochMilli());
        out.writeInt(e.after().size());
        for (UUID earlier : e.after()) uuid(out, earlier);
        out.write(e.previousHash().bytes());
        out.write(document.hash().bytes());
        out.write(document.signature());
        bytes(out, document.body());
    }

    private static Document read(DataInputStream in) throws IOException {
        UUID id = uuid(in);
        StoreId store = new StoreId(uuid(in));
        int epoch = in.readInt();
        long sequence = in.readLong();
        String key = text(in);
        String type = text(in);
        int schema = in.readInt();
        Instant occurredAt = Instant.ofEpochMilli(in.readLong());
        int count = in.readInt();
        if (count < 0 || count > Envelope.MAX_AFTER) throw Failure.rejected("document " + id + " waits for " + count);
        List<UUID> after = new ArrayList<>(count);
        for (int i = 0; i < count; i++) after.add(uuid(in));
        Sha256 previous = Sha256.of(exactly(in, Sha256.LENGTH));
        Sha256 hash = Sha256.of(exactly(in, Sha256.LENGTH));
        byte[] signature = exactly(in, Document.SIGNATURE_LENGTH);
        byte[] body = bytes(in, MAX_BODY);
        return new Document(
                new Envelope(id, store, epoch, sequence, key, type, schema, occurredAt, after, previous),
                hash,
                signature,
                body);
    }

    private static void uuid(DataOutputStream out, UUID value) throws IOException {
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    }

    private static UUID uuid(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    private static void bytes(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private static byte[] bytes(DataInputStream in, int limit) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > limit) throw Failure.rejected("a field of " + length + " bytes in a frame");
        return exactly(in, length);
    }

    private static byte[] exactly(DataInputStream in, int length) throws IOException {
        byte[] value = in.readNBytes(length);
        if (value.length != length) throw Failure.rejected("frame is cut short");
        return value;
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in, MAX_TEXT), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
