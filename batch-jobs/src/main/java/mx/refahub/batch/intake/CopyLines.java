package mx.refahub.batch.intake;

import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/** Lines of PostgreSQL's COPY in text format (manual, COPY, 'Text Format'), built in one growing buffer. */
public final class CopyLines {
    private static final int FLUSH_AT = 1 << 16;

    private byte[] buffer = new byte[FLUSH_AT * 2];
    private int length;
    private int lineStart;

    void begin() {
        lineStart = length;
    }

    void end() {
        buffer[length - 1] = '\n';
    }

    /** Forgets the line that was begun. */
    void drop() {
        length = lineStart;
    }

    boolean isFull() {
        return length >= FLUSH_AT;
    }

    void flush(CopyIn copy) throws SQLException {
        if (length > 0) copy.writeToCopy(buffer, 0, length);
        length = 0;
        lineStart = 0;
    }

    public CopyLines text(@Nullable String value) {
        if (value == null) return nothing();
        int chars = value.length();
        // A char becomes three bytes at most, or two if it is escaped.
        room(chars * 3 + 1);
        byte[] out = buffer;
        int at = length;
        for (int i = 0; i < chars; i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                if (c == '\\' || c < 0x20) {
                    out[at++] = '\\';
                    c = switch (c) {
                        case '\n' -> 'n';
                        case '\r' -> 'r';
                        case '\t' -> 't';
                        default -> c;
                    };
                }
                out[at++] = (byte) c;
            } else if (c < 0x800) {
                out[at++] = (byte) (0xC0 | c >> 6);
                out[at++] = (byte) (0x80 | c & 0x3F);
            } else if (Character.isHighSurrogate(c) && i + 1 < chars && Character.isLowSurrogate(value.charAt(i + 1))) {
                int point = Character.toCodePoint(c, value.charAt(++i));
                out[at++] = (byte) (0xF0 | point >> 18);
                out[at++] = (byte) (0x80 | point >> 12 & 0x3F);
                out[at++] = (byte) (0x80 | point >> 6 & 0x3F);
                out[at++] = (byte) (0x80 | point & 0x3F);
            } else {
                out[at++] = (byte) (0xE0 | c >> 12);
                out[at++] = (byte) (0x80 | c >> 6 & 0x3F);
                out[at++] = (byte) (0x80 | c & 0x3F);
            }
        }
        out[at++] = '\t';
        length = at;
        return this;
    }

    public CopyLines number(@Nullable Long value) {
        return value == null ? nothing() : number(value.longValue());
    }

    public CopyLines number(long value) {
        room(21);
        if (value < 0) {
            return text(Long.toString(value));
        }
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) digits++;
        long rest = value;
        for (int at = length + digits - 1; at >= length; at--) {
            buffer[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        buffer[length++] = '\t';
        return this;
    }

    public CopyLines flag(@Nullable Boolean value) {
        return value == null ? nothing() : flag(value.booleanValue());
    }

    public CopyLines flag(boolean value) {
        room(2);
        buffer[length++] = (byte) (value ? 't' : 'f');
        buffer[length++] = '\t';
        return this;
    }

    private CopyLines nothing() {
        room(3);
        buffer[length++] = '\\';
        buffer[length++] = 'N';
        buffer[length++] = '\t';
        return this;
    }

    private void room(int bytes) {
        if (buffer.length - length < bytes) buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
    }
}
