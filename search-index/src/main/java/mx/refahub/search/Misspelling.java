package mx.refahub.search;

/**
 * How far a typed word is from another, in slips of the hand and of the ear. A whole wrong letter counts 1; what happens more easily counts less: a
 * neighbour on the Spanish keyboard, two letters swapped, a letter doubled or not, and letters that sound alike in Mexico ({@code b v}, {@code s c z},
 * {@code ll y}, a silent {@code h}). The optimal string alignment distance with these weights. Words come folded.
 */
final class Misspelling {
    private static final float NEIGHBOUR = 0.6f;
    private static final float SOUND = 0.4f;
    private static final float SWAPPED = 0.6f;
    private static final float DOUBLED = 0.5f;
    private static final float SILENT = 0.4f;
    private static final float VOWEL = 0.8f;
    private static final float WHOLE = 1f;

    /** Rows of the Spanish (Latin American) layout; each is half a key to the right of the one above. */
    private static final String[] ROWS = {"1234567890", "qwertyuiop", "asdfghjklñ", "zxcvbnm"};

    private static final String[] ALIKE = {
        "bv", "sz", "cs", "cz", "yi", "gj", "jx", "kc", "kq", "cq", "nm", "yl", "rl", "nñ"
    };
    private static final int LETTERS = 128;
    private static final boolean[][] NEIGHBOURS = neighbours();
    private static final boolean[][] SOUNDS = sounds();

    private Misspelling() {}

    private static boolean[][] neighbours() {
        boolean[][] near = new boolean[LETTERS][LETTERS];
        for (int row = 0; row < ROWS.length; row++)
            for (int column = 0; column < ROWS[row].length(); column++) {
                mark(near, row, column, row, column + 1);
                mark(near, row, column, row + 1, column);
                mark(near, row, column, row + 1, column - 1);
            }
        return near;
    }

    private static void mark(boolean[][] near, int row, int column, int otherRow, int otherColumn) {
        if (otherRow >= ROWS.length || otherColumn < 0 || otherColumn >= ROWS[otherRow].length()) return;
        mark(near, ROWS[row].charAt(column), ROWS[otherRow].charAt(otherColumn));
    }

    private static void mark(boolean[][] pairs, char a, char b) {
        if (a >= LETTERS || b >= LETTERS) return;
        pairs[a][b] = true;
        pairs[b][a] = true;
    }

    private static boolean[][] sounds() {
        boolean[][] alike = new boolean[LETTERS][LETTERS];
        for (String pair : ALIKE) mark(alike, pair.charAt(0), pair.charAt(1));
        return alike;
    }

    private static boolean in(boolean[][] pairs, char a, char b) {
        return a < LETTERS && b < LETTERS && pairs[a][b];
    }

    /** Above {@code limit} any larger number. */
    static float distance(String typed, String word, float limit) {
        int length = word.length();
        float[] before = new float[length + 1];
        float[] last = new float[length + 1];
        float[] here = new float[length + 1];
        for (int j = 1; j <= length; j++) last[j] = last[j - 1] + lost(word, j - 1);
        for (int i = 1; i <= typed.length(); i++) {
            here[0] = last[0] + lost(typed, i - 1);
            float least = here[0];
            for (int j = 1; j <= length; j++) {
                char t = typed.charAt(i - 1);
                char w = word.charAt(j - 1);
                float best = last[j - 1] + wrong(t, w);
                best = Math.min(best, last[j] + lost(typed, i - 1));
                best = Math.min(best, here[j - 1] + lost(word, j - 1));
                if (i > 1 && j > 1 && t == word.charAt(j - 2) && typed.charAt(i - 2) == w)
                    best = Math.min(best, before[j - 2] + (t == w ? 0 : SWAPPED));
                here[j] = best;
                least = Math.min(least, best);
            }
            if (least > limit) return Float.MAX_VALUE;
            float[] free = before;
            before = last;
            last = here;
            here = free;
        }
        return last[length];
    }

    private static float wrong(char typed, char meant) {
        if (typed == meant) return 0;
        if (in(SOUNDS, typed, meant)) return SOUND;
        if (in(NEIGHBOURS, typed, meant)) return NEIGHBOUR;
        return isVowel(typed) && isVowel(meant) ? VOWEL : WHOLE;
    }

    private static boolean isVowel(char c) {
        return "aeiou".indexOf(c) >= 0;
    }

    /** A letter that the other word does not have. */
    private static float lost(String word, int at) {
        char c = word.charAt(at);
        if (c == 'h') return SILENT;
        boolean doubled = at > 0 && word.charAt(at - 1) == c;
        // A 'u' after 'q' or 'g' is as silent as the 'h'.
        boolean silent = c == 'u' && at > 0 && (word.charAt(at - 1) == 'q' || word.charAt(at - 1) == 'g');
        return doubled ? DOUBLED : silent ? SILENT : WHOLE;
    }
}
