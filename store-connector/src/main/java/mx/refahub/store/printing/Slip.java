package mx.refahub.store.printing;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A paper that is no ticket, as its lines: what it says is fixed when it is queued, how it looks is the printer's. */
public record Slip(List<Line> lines) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public enum Style {
        TITLE,
        CENTERED,
        LINE,
        BOLD,
        PAIR,
        BOLD_PAIR,
        RULE,
        BLANK
    }

    /** @param right the figure of a pair, else empty */
    public record Line(Style style, String left, String right) {}

    public Slip {
        lines = List.copyOf(lines);
    }

    String text() {
        return JSON.writeValueAsString(this);
    }

    static Slip of(String text) {
        return JSON.readValue(text, Slip.class);
    }

    byte[] bytes(PrinterSettings profile, boolean again, boolean kickDrawer) {
        PaperWriter paper = new PaperWriter(profile);
        if (kickDrawer) paper.kickDrawer();
        if (again) paper.title(Receipt.AGAIN);
        for (Line line : lines) {
            switch (line.style()) {
                case TITLE -> paper.title(line.left());
                case CENTERED -> paper.centered(line.left());
                case LINE -> paper.line(line.left());
                case BOLD -> paper.bold(line.left());
                case PAIR -> paper.pair(line.left(), line.right());
                case BOLD_PAIR -> paper.boldPair(line.left(), line.right());
                case RULE -> paper.rule();
                case BLANK -> paper.blank();
            }
        }
        if (again) paper.title(Receipt.AGAIN);
        paper.cut();
        return paper.bytes();
    }

    /** Writes a slip from the top. */
    public static final class Draft {
        private final List<Line> lines = new ArrayList<>();

        public Draft title(String text) {
            return add(Style.TITLE, text, "");
        }

        public Draft centered(String text) {
            return add(Style.CENTERED, text, "");
        }

        public Draft line(String text) {
            return add(Style.LINE, text, "");
        }

        public Draft bold(String text) {
            return add(Style.BOLD, text, "");
        }

        public Draft pair(String left, String right) {
            return add(Style.PAIR, left, right);
        }

        public Draft boldPair(String left, String right) {
            return add(Style.BOLD_PAIR, left, right);
        }

        public Draft rule() {
            return add(Style.RULE, "", "");
        }

        public Draft blank() {
            return add(Style.BLANK, "", "");
        }

        public Slip slip() {
            return new Slip(lines);
        }

        private Draft add(Style style, String left, String right) {
            lines.add(new Line(style, left, right));
            return this;
        }
    }
}
