package mx.refahub.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import mx.refahub.domain.store.StoreStatus.DiskState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the room beside the data, and gives way step by step so that selling goes on to the last. */
public final class DiskWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
    private static final int PIECE = 1024 * 1024;

    private final Path data;
    private final DiskSettings settings;
    private final Room room;
    private final List<Shedding> shedding = new CopyOnWriteArrayList<>();
    private volatile DiskState state = DiskState.AMPLE;
    private volatile long free = -1;

    /** How many bytes are free beside the data. */
    @FunctionalInterface
    public interface Room {
        long free() throws IOException;

        static Room beside(Path data) {
            return () -> Files.getFileStore(data).getUsableSpace();
        }
    }

    /** Something that is kept only while there is room. */
    @FunctionalInterface
    public interface Shedding {
        /** Called on each change, from the watch's thread. */
        void room(boolean enough);
    }

    public DiskWatch(Path data, DiskSettings settings, Room room) {
        this.data = data;
        this.settings = settings;
        this.room = room;
    }

    public DiskState state() {
        return state;
    }

    public long freeBytes() {
        return free;
    }

    /** Whether what selling does not need may be written: images, log files. */
    public boolean hasRoomForExtras() {
        return state.compareTo(DiskState.SHORT) < 0;
    }

    public void whenShort(Shedding what) {
        shedding.add(what);
        if (!hasRoomForExtras()) what.room(false);
    }

    /** One look. */
    public void look() {
        try {
            long now = room.free();
            if (now < settings.release().toBytes() && releaseBallast()) now = room.free();
            free = now;
            turn(state(now));
        } catch (IOException e) {
            LOG.warn("free room unknown folder={} reason={}", data, e.getMessage());
        }
    }

    private DiskState state(long now) {
        if (now < settings.critical().toBytes()) return DiskState.CRITICAL;
        if (now < settings.shed().toBytes()) return DiskState.SHORT;
        return now < settings.warn().toBytes() ? DiskState.LOW : DiskState.AMPLE;
    }

    private void turn(DiskState next) {
        if (next == state) return;
        boolean had = hasRoomForExtras();
        DiskState before = state;
        state = next;
        if (next.compareTo(before) > 0) LOG.warn("disk room state={} freeBytes={}", next, free);
        else LOG.info("disk room state={} freeBytes={}", next, free);
        if (had != hasRoomForExtras()) shedding.forEach(what -> what.room(!had));
    }

    private Path ballast() {
        return data.resolve("ballast");
    }

    private boolean releaseBallast() throws IOException {
        if (!Files.deleteIfExists(ballast())) return false;
        LOG.warn(
                "ballast released bytes={}: borra o mueve archivos de este disco",
                settings.ballast().toBytes());
        return true;
    }

    /** Lays the ballast, if there is plenty of room for it and it is not there. Written, not merely promised: a sparse file would give nothing back. */
    public void layBallast() {
        long bytes = settings.ballast().toBytes();
        try {
            if (bytes == 0 || Files.exists(ballast())) return;
            if (room.free() < settings.warn().toBytes() + bytes) return;
            Path half = data.resolve("ballast.new");
            byte[] noise = new byte[PIECE];
            new SplittableRandom(bytes).nextBytes(noise);
            try (FileChannel channel = FileChannel.open(
                    half, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                for (long left = bytes; left > 0; left -= PIECE) {
                    // Not twice the same, for file systems that keep equal blocks once.
                    ByteBuffer.wrap(noise).putLong(0, left);
                    ByteBuffer piece = ByteBuffer.wrap(noise, 0, (int) Math.min(PIECE, left));
                    while (piece.hasRemaining()) channel.write(piece);
                }
                channel.force(true);
            }
            Files.move(half, ballast(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("ballast not laid reason={}", e.getMessage());
        }
    }
}
