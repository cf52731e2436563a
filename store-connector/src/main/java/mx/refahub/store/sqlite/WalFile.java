package mx.refahub.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A write-ahead log read by its format (sqlite.org/walformat.html). SQLite takes the first frame whose checksum is wrong for the end of the log and
 * forgets what follows without a word. That is right for the last transaction, which a power cut may have torn; but with {@code synchronous=FULL} each commit is on
 * the disk before the next one begins, so a wrong frame with a finished transaction and yet more behind it is damage, and what is behind it was sold.
 */
final class WalFile {
    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int MAGIC = 0x377f0682;

    /** @param offset of the page's bytes in the log */
    record Frame(int page, boolean commit, long offset, boolean sound) {}

    private final Path path;
    private final int pageSize;
    private final boolean headerDamaged;
    private final List<Frame> frames;

    private WalFile(Path path, int pageSize, boolean headerDamaged, List<Frame> frames) {
        this.path = path;
        this.pageSize = pageSize;
        this.headerDamaged = headerDamaged;
        this.frames = List.copyOf(frames);
    }

    /** The log beside this database; without frames if there is none. */
    static WalFile of(Path database) {
        Path path = database.resolveSibling(database.getFileName() + "-wal");
        try {
            if (!Files.exists(path) || Files.size(path) <= HEADER) return new WalFile(path, 0, false, List.of());
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                return read(path, channel);
            }
        } catch (IOException e) {
            return new WalFile(path, 0, true, List.of());
        }
    }

    private static WalFile read(Path path, FileChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        fill(channel, header, 0);
        int magic = header.getInt(0);
        int pageSize = header.getInt(8);
        ByteOrder order = (magic & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int[] sum = new int[2];
        checksum(header, 0, 24, order, sum);
        boolean whole = (magic & ~1) == MAGIC && sum[0] == header.getInt(24) && sum[1] == header.getInt(28);
        boolean usable = pageSize >= 512 && pageSize <= 65_536 && Integer.bitCount(pageSize) == 1;
        if (!usable) return new WalFile(path, 0, true, List.of());
        long salts = header.getLong(16);
        List<Frame> frames = new ArrayList<>();
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER + pageSize);
        boolean unbroken = whole;
        for (long at = HEADER; at + FRAME_HEADER + pageSize <= channel.size(); at += FRAME_HEADER + pageSize) {
            fill(channel, frame, at);
            boolean ours = frame.getLong(8) == salts;
            if (unbroken && ours) {
                checksum(frame, 0, 8, order, sum);
                checksum(frame, FRAME_HEADER, pageSize, order, sum);
                unbroken = sum[0] == frame.getInt(16) && sum[1] == frame.getInt(20);
            } else if (ours) {
                unbroken = false;
            } else {
                unbroken = false;
                // Left over from before the log was begun anew, or struck itself: only frames behind it can tell.
                frames.add(new Frame(0, false, at + FRAME_HEADER, false));
                continue;
            }
            frames.add(new Frame(frame.getInt(0), frame.getInt(4) > 0, at + FRAME_HEADER, unbroken));
        }
        while (!frames.isEmpty() && frames.getLast().page() == 0) frames.removeLast();
        return new WalFile(path, pageSize, !whole, frames);
    }

    int pageSize() {
        return pageSize;
    }

    /** What of the log SQLite would pass over although it was committed. */
    Optional<String> damage() {
        if (headerDamaged)
            return Optional.of(
                    "the header of " + path.getFileName() + " is damaged: what it holds would be passed over");
        boolean broken = false;
        boolean finished = false;
        for (Frame frame : frames) {
            broken |= !frame.sound();
            if (finished)
                return Optional.of(
                        path.getFileName() + " is damaged in the middle: sales behind that place would be passed over");
            if (broken && frame.commit()) finished = true;
        }
        return Optional.empty();
    }

    /** Every frame of the log's present life, sound or not, in order. */
    List<Frame> frames() {
        return frames.stream().filter(frame -> frame.page() > 0).toList();
    }

    Path path() {
        return path;
    }

    /** The place of the last version of each page. */
    Map<Integer, Long> latest() {
        Map<Integer, Long> latest = new HashMap<>();
        for (Frame frame : frames()) latest.put(frame.page(), frame.offset());
        return latest;
    }

    private static void checksum(ByteBuffer bytes, int from, int length, ByteOrder order, int[] sum) {
        ByteBuffer words = bytes.duplicate().order(order);
        for (int i = from; i < from + length; i += 8) {
            sum[0] += words.getInt(i) + sum[1];
            sum[1] += words.getInt(i + 4) + sum[0];
        }
    }

    static void fill(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at + buffer.position());
            if (read < 0) throw new IOException("ends at " + (at + buffer.position()));
        }
        buffer.flip();
    }
}
