package mx.refahub.batch.csv;

import org.jspecify.annotations.Nullable;

/** Lines in PostgreSQL's COPY text format (documentation, COPY, 'Text Format'): tab between columns, backslash escapes, {@code \N} for null. */
public final class CopyLine {
    private final StringBuilder out;
    private boolean first = true;

    CopyLine(StringBuilder out) {
        this.out = out;
    }

    public CopyLine text(String value) {
        separate();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> out.append(c);
            }
        }
        return this;
    }

    public CopyLine number(@Nullable Long value) {
        separate();
        if (value == null) out.append("\\N");
        else out.append(value.longValue());
        return this;
    }

    public CopyLine number(long value) {
        separate();
        out.append(value);
        return this;
    }

    public CopyLine flag(boolean value) {
        separate();
        out.append(value ? 't' : 'f');
        return this;
    }

    void end() {
        out.append('\n');
    }

    private void separate() {
        if (!first) out.append('\t');
        first = false;
    }
}
