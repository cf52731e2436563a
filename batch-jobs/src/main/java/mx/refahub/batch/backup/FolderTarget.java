package mx.refahub.batch.backup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A folder, on another disk if that is worth anything. */
final class FolderTarget implements BackupTarget {
    private static final String HALF = ".part";

    private final Path folder;

    FolderTarget(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public Sink write(String name) throws IOException {
        Path half = folder.resolve(name + HALF);
        FileChannel channel = opened(half);
        return new Sink() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                ByteBuffer left = ByteBuffer.wrap(bytes, offset, count);
                try {
                    while (left.hasRemaining()) channel.write(left);
                } catch (ClosedByInterruptException e) {
                    throw e;
                } catch (IOException e) {
                    throw trouble(e);
                }
            }

            @Override
            void commit() throws IOException {
                channel.force(true);
                channel.close();
                Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }

            @Override
            public void close() throws IOException {
                channel.close();
                Files.deleteIfExists(half);
            }
        };
    }

    private FileChannel opened(Path half) throws IOException {
        try {
            Files.createDirectories(folder);
            return FileChannel.open(
                    half, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private TargetTrouble trouble(IOException e) {
        return new TargetTrouble(
                "No se pudo escribir el respaldo en " + folder
                        + ". Revisa que el disco esté conectado y tenga lugar, y que el hub pueda escribir en esa carpeta (refahub.backup.folder).",
                e);
    }

    @Override
    public List<String> list() throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(Backup::isName)
                    .sorted()
                    .toList();
        }
    }

    @Override
    public InputStream read(String name) throws IOException {
        return new BufferedInputStream(Files.newInputStream(folder.resolve(name)), SealKey.SEGMENT);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public void sweep() throws IOException {
        if (!Files.isDirectory(folder)) return;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith(HALF) && Backup.isName(name.substring(0, name.length() - HALF.length())))
                    Files.deleteIfExists(file);
            }
        }
    }
}
