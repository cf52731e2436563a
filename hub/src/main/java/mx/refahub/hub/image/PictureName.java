package mx.refahub.hub.image;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mx.refahub.domain.part.PartGallery;
import mx.refahub.domain.part.PartNumber;

/**
 * What the name of a picture's file may mean: {@code FRI 7974-D1045.jpg} is the main picture of that part, {@code FRI 7974-D1045-2.jpg} its second
 * one; but a number may itself end like this ({@code NGK BKR6E-11.jpg}), so the catalogue decides.
 *
 * @param lineCode upper case
 * @param meanings the more likely first
 */
record PictureName(String lineCode, List<Meaning> meanings) {
    /**
     * @param number as written, upper case
     * @param normal its letters and digits
     * @param position from 1
     */
    record Meaning(String number, String normal, int position) {}

    private static final Pattern LINE_AND_NUMBER = Pattern.compile("([\\p{L}\\p{Nd}]{1,8})[\\s_]+(.+)");
    private static final Pattern PLACED = Pattern.compile("(.+?)[\\s_]*-[\\s_]*([1-9][0-9]?)");

    /** @param name of a file, with its folders, whichever way the slashes lean; empty if it names no part */
    static Optional<PictureName> of(String name) {
        String base = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        int dot = base.lastIndexOf('.');
        Matcher whole = LINE_AND_NUMBER.matcher(
                (dot > 0 ? base.substring(0, dot) : base).strip().toUpperCase(Locale.ROOT));
        if (!whole.matches()) return Optional.empty();
        String rest = whole.group(2).strip();
        Matcher placed = PLACED.matcher(rest);
        Meaning itself = new Meaning(rest, PartNumber.normal(rest), 1);
        if (itself.normal().isEmpty()) return Optional.empty();
        if (!placed.matches()) return Optional.of(new PictureName(whole.group(1), List.of(itself)));
        int position = Integer.parseInt(placed.group(2));
        String number = placed.group(1).strip();
        String normal = PartNumber.normal(number);
        if (position > PartGallery.MOST_PER_PART || normal.isEmpty())
            return Optional.of(new PictureName(whole.group(1), List.of(itself)));
        return Optional.of(new PictureName(whole.group(1), List.of(itself, new Meaning(number, normal, position))));
    }
}
