package mx.refahub.batch.intake;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import mx.refahub.batch.run.RunRefused;

/**
 * The header row of a file, names stripped and in lower case. A file that begins as our own rejects files do ({@link #FEEDBACK}) is
 * one of them, mended and fed again.
 */
record Header(List<String> names, Wording wording) {
    /** The columns that a rejects file has in front. */
    static final List<String> FEEDBACK = List.of("line", "column", "reason");

    /** Where a row that was made of XML stood in it; told in the rejects and otherwise of no account. */
    static final String XML_LINE = "xml_line";

    Header {
        names = names.stream().map(n -> n.strip().toLowerCase(Locale.ROOT)).toList();
    }

    Header(List<String> names) {
        this(names, Wording.OURS);
    }

    int width() {
        return names.size();
    }

    /** Of one of our columns, by the name that it has here; -1 if it is not there. */
    int place(String column) {
        return wording.fixed(column) != null ? -1 : names.indexOf(wording.shown(column));
    }

    private boolean has(Column column) {
        return place(column.name()) >= 0 || wording.fixed(column.name()) != null;
    }

    boolean isFeedback() {
        return names.size() > FEEDBACK.size()
                && names.subList(0, FEEDBACK.size()).equals(FEEDBACK);
    }

    boolean isFeedback(int place) {
        return place < FEEDBACK.size() && isFeedback();
    }

    /** The file's own columns. */
    List<String> own() {
        return isFeedback() ? names.subList(FEEDBACK.size(), names.size()) : names;
    }

    List<String> unknownTo(List<Column> columns) {
        return own().stream()
                .filter(name -> !name.equals(XML_LINE))
                .filter(name -> columns.stream().noneMatch(c -> names.indexOf(name) == place(c.name())))
                .toList();
    }

    void check(String file, List<Column> columns) {
        List<String> missing = columns.stream()
                .filter(c -> c.required() && !has(c))
                .map(c -> wording.shown(c.name()))
                .toList();
        if (!missing.isEmpty()) throw new RunRefused(missingSentence(file, missing));
        Set<String> seen = new HashSet<>();
        for (String name : names)
            if (!name.isEmpty() && !seen.add(name))
                throw new RunRefused(
                        "El archivo «" + file + "» no se importó: la columna «" + name + "» está dos veces.");
    }

    private String missingSentence(String file, List<String> missing) {
        String which = missing.size() == 1
                ? "le falta la columna «" + missing.getFirst() + "»"
                : "le faltan las columnas «" + String.join("», «", missing) + "»";
        return "El archivo «" + file + "» no se importó: " + which + ".";
    }
}
