package mx.refahub.domain.money;

import java.util.regex.Pattern;

/** Commas of a number as people type it. */
public final class Thousands {
    private static final Pattern GROUPED = Pattern.compile("[^0-9,]*[0-9]{1,3}(?:,[0-9]{3})+(?:[.][0-9]*)?");

    private Thousands() {}

    /**
     * Without its commas, where they stand between thousands alone; else as it is, so that whoever reads a number refuses it: 1,50 never becomes
     * 150.
     */
    public static String plain(String typed) {
        String text = typed.strip();
        return GROUPED.matcher(text).matches() ? text.replace(",", "") : text;
    }
}
