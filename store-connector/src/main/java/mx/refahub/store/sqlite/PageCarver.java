package mx.refahub.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows out of the pages of a file that SQLite no longer opens, by the file format alone (sqlite.org/fileformat2.html): each page that looks like a leaf of a
 * table is one, whatever leads to it. So rows that were deleted, superseded or rolled back come too, and rows of other tables: the taker must know its own.
 * One page is in memory at a time.
 */
public final class PageCarver {
    private static final int TABLE_LEAF = 0x0d;
    private static final int LARGEST_ROW = 8 * 1024 * 1024;
    private static final int USUAL_PAGE = 4096;

    private final int columns;
    private final Consumer<Carved> taker;

    /** A row as it was found. Values: null, {@code Long}, {@code String}, {@code byte[]}. */
    public record Carved(long rowid, List<@Nullable Object> values) {}

    private PageCarver(int columns, Consumer<Carved> taker) {
        this.columns = columns;
        this.taker = taker;
    }

    /** @param columns how many the wanted table has; later versions may have more */
    public static void carve(Path database, int columns, Consumer<Carved> taker) throws IOException {
        new PageCarver(columns, taker).carve(database);
    }

    private void carve(Path database) throws IOException {
        WalFile wal = WalFile.of(database);
        try (Pages pages = Pages.open(database, wal)) {
            for (int page = 1; page <= pages.count(); page++) leaf(pages, pages.main(page), page == 1 ? 100 : 0);
            for (WalFile.Frame frame : wal.frames())
                leaf(pages, pages.log(frame.offset()), frame.page() == 1 ? 100 : 0);
        }
    }

    private void leaf(Pages pages, @Nullable ByteBuffer page, int header) {
        if (page == null || page.get(header) != TABLE_LEAF) return;
        int cells = page.getShort(header + 3) & 0xffff;
        for (int i = 0; i < cells; i++) {
            int pointer = header + 8 + 2 * i;
            if (pointer + 2 > page.capacity()) return;
            try {
                row(pages, page, page.getShort(pointer) & 0xffff);
            } catch (RuntimeException | IOException e) {
                // This cell is struck; its neighbours need not be.
                continue;
            }
        }
    }

    private void row(Pages pages, ByteBuffer page, int at) throws IOException {
        ByteBuffer cell = page.duplicate().position(at);
        long length = varint(cell);
        long rowid = varint(cell);
        if (length < columns || length > LARGEST_ROW) return;
        byte[] payload = payload(pages, cell, (int) length);
        ByteBuffer record = ByteBuffer.wrap(payload);
        int headerEnd = (int) varint(record);
        List<Long> types = new ArrayList<>();
        while (record.position() < headerEnd) types.add(varint(record));
        if (types.size() < columns) return;
        List<@Nullable Object> values = new ArrayList<>();
        record.position(headerEnd);
        for (long type : types) values.add(value(record, type));
        taker.accept(new Carved(rowid, values));
    }

    /** What does not fit on the page goes on in a chain of overflow pages. */
    private static byte[] payload(Pages pages, ByteBuffer cell, int length) throws IOException {
        int usable = cell.capacity();
        int most = usable - 35;
        int local = length;
        if (length > most) {
            int least = (usable - 12) * 32 / 255 - 23;
            int fitting = least + (length - least) % (usable - 4);
            local = fitting <= most ? fitting : least;
        }
        byte[] payload = new byte[length];
        cell.get(payload, 0, local);
        int next = local < length ? cell.getInt() : 0;
        for (int have = local; have < length; ) {
            ByteBuffer overflow = next < 1 ? null : pages.latest(next);
            if (overflow == null) throw new IOException("the overflow chain is broken");
            next = overflow.getInt();
            int part = Math.min(length - have, usable - 4);
            overflow.get(payload, have, part);
            have += part;
        }
        return payload;
    }

    private static @Nullable Object value(ByteBuffer record, long type) {
        return switch ((int) Math.min(type, 13)) {
            case 0, 10, 11 -> null;
            case 1, 2, 3, 4 -> integer(record, (int) type);
            case 5 -> integer(record, 6);
            case 6 -> integer(record, 8);
            case 7 -> record.getDouble();
            case 8 -> 0L;
            case 9 -> 1L;
            default -> {
                byte[] bytes = new byte[(int) Math.min((type - 12) / 2, record.remaining() + 1L)];
                record.get(bytes);
                yield type % 2 == 0 ? bytes : new String(bytes, StandardCharsets.UTF_8);
            }
        };
    }

    private static long integer(ByteBuffer record, int bytes) {
        long value = record.get();
        for (int i = 1; i < bytes; i++) value = value << 8 | record.get() & 0xff;
        return value;
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            byte b = bytes.get();
            value = value << 7 | b & 0x7f;
            if (b >= 0) return value;
        }
        return value << 8 | bytes.get() & 0xff;
    }

    /** Pages of the file and of its log by number. */
    private static final class Pages implements AutoCloseable {
        private final FileChannel file;
        private final @Nullable FileChannel log;
        private final Map<Integer, Long> latest;
        private final int size;

        private Pages(FileChannel file, @Nullable FileChannel log, Map<Integer, Long> latest, int size) {
            this.file = file;
            this.log = log;
            this.latest = latest;
            this.size = size;
        }

        static Pages open(Path database, WalFile wal) throws IOException {
            FileChannel file = FileChannel.open(database, StandardOpenOption.READ);
            FileChannel log = Files.exists(wal.path()) ? FileChannel.open(wal.path(), StandardOpenOption.READ) : null;
            return new Pages(file, log, wal.latest(), size(file, wal));
        }

        /** As the header says, unless it is struck: then as the log says, or as every file of ours has it. */
        private static int size(FileChannel file, WalFile wal) throws IOException {
            if (wal.pageSize() > 0) return wal.pageSize();
            if (file.size() >= 100) {
                ByteBuffer header = ByteBuffer.allocate(100);
                WalFile.fill(file, header, 0);
                int stated = header.getShort(16) & 0xffff;
                if (stated == 1) return 65_536;
                if (stated >= 512 && Integer.bitCount(stated) == 1) return stated;
            }
            return USUAL_PAGE;
        }

        /** Counting a last page that is cut short. */
        long count() throws IOException {
            return (file.size() + size - 1) / size;
        }

        @Nullable
        ByteBuffer main(int page) {
            return read(file, (page - 1L) * size);
        }

        @Nullable
        ByteBuffer log(long offset) {
            return log == null ? null : read(log, offset);
        }

        @Nullable
        ByteBuffer latest(int page) {
            Long inLog = latest.get(page);
            return inLog == null ? main(page) : log(inLog);
        }

        /** Null where the disk does not give it; the rest of a page that is cut short is zero. */
        private @Nullable ByteBuffer read(FileChannel channel, long at) {
            ByteBuffer page = ByteBuffer.allocate(size);
            try {
                if (at < 0 || at >= channel.size()) return null;
                while (page.hasRemaining() && channel.read(page, at + page.position()) >= 0) {
                    // until it is full or the file ends
                }
                return page.rewind().limit(size);
            } catch (IOException e) {
                return null;
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
            if (log != null) log.close();
        }
    }
}
