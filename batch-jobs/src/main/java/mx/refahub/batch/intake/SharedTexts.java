package mx.refahub.batch.intake;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A workbook's table of texts that its cells point into (ECMA-376 part 1, 18.4), laid out in two temporary files: the bytes one after the
 * other, and where each begins. So a table of any size costs no memory of ours.
 */
final class SharedTexts implements Closeable {
    /** What a cell may hold, ECMA-376's maker's limit. */
    static final int MAX_TEXT = 32_767;

    private static final ValueLayout.OfLong OFFSET = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Path folder;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment texts;
    private final MemorySegment starts;
    private final long count;

    /** @param table the part {@code sharedStrings.xml}, closed by this; null if the workbook has none */
    SharedTexts(String file, @Nullable InputStream table) throws IOException {
        folder = Files.createTempDirectory("texts");
        boolean good = false;
        try {
            count = spool(file, table);
            texts = map("texts");
            starts = map("starts");
            good = true;
        } finally {
            if (!good) close();
        }
    }

    private long spool(String file, @Nullable InputStream table) throws IOException {
        long number = 0;
        long offset = 0;
        try (BufferedOutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve("texts")));
                DataOutputStream index = new DataOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(folder.resolve("starts"))))) {
            index.writeLong(0);
            if (table == null) return 0;
            try (XmlPull xml = new XmlPull(file, table)) {
                while (xml.nextElement()) {
                    if (!xml.name().equals("si")) continue;
                    // Phonetic hints are not part of the text.
                    byte[] text = xml.text(MAX_TEXT, "rPh").getBytes(StandardCharsets.UTF_8);
                    out.write(text);
                    offset += text.length;
                    index.writeLong(offset);
                    number++;
                }
            }
        }
        return number;
    }

    private MemorySegment map(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve(name), StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    /** Null if there is none of this number. */
    @Nullable
    String text(long number) {
        if (number < 0 || number >= count) return null;
        long start = starts.get(OFFSET, number * Long.BYTES);
        long end = starts.get(OFFSET, (number + 1) * Long.BYTES);
        byte[] text = new byte[Math.toIntExact(end - start)];
        MemorySegment.copy(texts, ValueLayout.JAVA_BYTE, start, text, 0, text.length);
        return new String(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        arena.close();
        Files.deleteIfExists(folder.resolve("texts"));
        Files.deleteIfExists(folder.resolve("starts"));
        Files.deleteIfExists(folder);
    }
}
