package mx.refahub.store.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/** A device node, written to as a file. A regular file or a folder is none. */
final class NodeWire implements Wire {
    private final FileChannel node;
    private final Duration writeLimit;
    private final ScheduledExecutorService watch;

    private NodeWire(FileChannel node, Duration writeLimit, ScheduledExecutorService watch) {
        this.node = node;
        this.writeLimit = writeLimit;
        this.watch = watch;
    }

    static NodeWire open(String path, Duration writeLimit, ScheduledExecutorService watch) throws IOException {
        Path node = Path.of(path);
        if (Files.isRegularFile(node) || Files.isDirectory(node)) throw new IOException(path + " is no device");
        // Never creates: a printer that is unplugged must not become a file.
        return new NodeWire(FileChannel.open(node, StandardOpenOption.WRITE), writeLimit, watch);
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        try (Limit _ = new Limit(watch, writeLimit, this::close)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) node.write(rest);
        }
    }

    @Override
    public int receive(byte[] into, Duration limit) {
        return SILENCE;
    }

    @Override
    public void finish() {}

    @Override
    public boolean talksBack() {
        return false;
    }

    @Override
    public void close() {
        try {
            node.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot close a device node", e);
        }
    }
}
