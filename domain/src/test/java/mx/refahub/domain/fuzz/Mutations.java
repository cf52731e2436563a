package mx.refahub.domain.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The short run of a fuzzing target: its seeds, and these cut, doubled, joined and spoilt at random, the same each time. */
public final class Mutations {
    private static final int LONGEST = 20_000;
    private static final byte[][] SPOILERS = {
        {0},
        {'"'},
        {'<'},
        {'>'},
        {'&'},
        {';'},
        {','},
        {'\n'},
        {'\r', '\n'},
        {(byte) 0xC3},
        {(byte) 0xFF},
        {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
        {(byte) 0xF0, (byte) 0x9F, (byte) 0x9A, (byte) 0x97},
        {' '},
        {'-'},
        {'9'},
        {'a'}
    };

    private Mutations() {}

    /** What reads bytes, and throws nothing whatever they are. */
    @FunctionalInterface
    public interface Target {
        void read(byte[] bytes) throws IOException;
    }

    public static List<byte[]> seeds(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<byte[]> seeds = new ArrayList<>();
            for (Path file : files.sorted().toList()) seeds.add(Files.readAllBytes(file));
            if (seeds.isEmpty()) throw new IllegalStateException("no seeds in " + folder);
            return seeds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each seed as it is, then so many spoilt ones. What fails is told with the bytes that made it fail. */
    public static void run(List<byte[]> seeds, int times, Target target) {
        for (byte[] seed : seeds) read(seed, target);
        SplittableRandom random = new SplittableRandom(20_261_121);
        for (int i = 0; i < times; i++) {
            byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
            for (int step = random.nextInt(1, 8); step > 0; step--) bytes = spoilt(bytes, seeds, random);
            read(bytes, target);
        }
    }

    private static void read(byte[] bytes, Target target) {
        try {
            target.read(bytes);
        } catch (IOException | RuntimeException | Error e) {
            throw new AssertionError("fails on " + Base64.getEncoder().encodeToString(bytes), e);
        }
    }

    private static byte[] spoilt(byte[] bytes, List<byte[]> seeds, SplittableRandom random) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + random.nextInt(1, 40));
        return switch (random.nextInt(6)) {
            case 0 -> joined(bytes, 0, at, new byte[0], to, bytes.length);
            case 1 -> joined(bytes, 0, at, SPOILERS[random.nextInt(SPOILERS.length)], at, bytes.length);
            case 2 -> joined(bytes, 0, to, bytes, at, bytes.length);
            case 3 -> joined(bytes, 0, at, seeds.get(random.nextInt(seeds.size())), to, bytes.length);
            case 4 -> joined(bytes, 0, at, new byte[] {(byte) random.nextInt(256)}, to, bytes.length);
            default -> joined(bytes, 0, at, new byte[0], bytes.length, bytes.length);
        };
    }

    private static byte[] joined(byte[] bytes, int from, int to, byte[] between, int then, int end) {
        int first = to - from;
        int second = end - then;
        byte[] all = new byte[Math.min(LONGEST, first + between.length + second)];
        int copied = copy(bytes, from, first, all, 0);
        copied = copy(between, 0, between.length, all, copied);
        copy(bytes, then, second, all, copied);
        return all;
    }

    private static int copy(byte[] from, int at, int count, byte[] into, int filled) {
        int room = Math.min(count, into.length - filled);
        System.arraycopy(from, at, into, filled, room);
        return filled + room;
    }
}
