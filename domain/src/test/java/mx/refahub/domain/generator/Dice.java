package mx.refahub.domain.generator;

import java.util.List;

/** Throws that follow from the seed and from what they are thrown for, so that nothing needs to be kept to tell them again. */
final class Dice {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long state;

    Dice(long seed, long what, long which) {
        state = mix(mix(seed + what * GOLDEN) ^ mix(which + 1));
    }

    /** SplitMix64 (Steele, Lea, Flood 2014): every bit of the answer hangs on every bit of what is asked. */
    static long mix(long value) {
        long z = value + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    long next() {
        state += GOLDEN;
        return mix(state);
    }

    int below(int bound) {
        return (int) Math.multiplyHigh(next() >>> 1, (long) bound << 1);
    }

    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    boolean chance(int percent) {
        return below(100) < percent;
    }

    <T> T one(List<T> of) {
        return of.get(below(of.size()));
    }

    char letter() {
        // The letters that makers use: none that is taken for a digit.
        String letters = "ABCDEFGHJKLMNPRSTUVWXYZ";
        return letters.charAt(below(letters.length()));
    }
}
