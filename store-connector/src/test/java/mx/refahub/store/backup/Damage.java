package mx.refahub.store.backup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Random;

/** What disks do to files. Pages count from 1. */
final class Damage {
    static final int PAGE = 4096;

    private Damage() {}

    static void zero(Path file, int... pages) throws IOException {
        try (RandomAccessFile at = new RandomAccessFile(file.toFile(), "rw")) {
            for (int page : pages) {
                at.seek((page - 1L) * PAGE);
                at.write(new byte[PAGE]);
            }
        }
    }

    /** Flips bits at random places between these pages, both included. */
    static void flip(Path file, int from, int to, int bytes, long seed) throws IOException {
        Random random = new Random(seed);
        try (RandomAccessFile at = new RandomAccessFile(file.toFile(), "rw")) {
            for (int i = 0; i < bytes; i++) {
                long place = (from - 1L) * PAGE + random.nextInt((to - from + 1) * PAGE);
                at.seek(place);
                int was = at.read();
                at.seek(place);
                at.write(was ^ 1 << random.nextInt(8));
            }
        }
    }

    static void flipAt(Path file, long place) throws IOException {
        try (RandomAccessFile at = new RandomAccessFile(file.toFile(), "rw")) {
            at.seek(place);
            int was = at.read();
            at.seek(place);
            at.write(was ^ 0x10);
        }
    }

    static void truncate(Path file, long bytes) throws IOException {
        try (RandomAccessFile at = new RandomAccessFile(file.toFile(), "rw")) {
            at.setLength(bytes);
        }
    }
}
