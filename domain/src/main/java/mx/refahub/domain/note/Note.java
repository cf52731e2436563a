package mx.refahub.domain.note;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.UserId;

/**
 * A numbered ticket that waits to be collected at any till of the branch.
 *
 * @param ticket its id is the sale's once it is collected
 * @param buyer empty where nobody said who buys
 */
public record Note(
        UUID ticket,
        long number,
        UserId by,
        String byName,
        Instant at,
        Instant expiresAt,
        int lines,
        Money total,
        String buyer) {
    private static final Pattern CODE = Pattern.compile("(?i)\\s*NOTA[-' ]?(\\d{1,12})(?:[-' ]([0-9A-F]{4}))?\\s*");
    private static final int MARK = 4;

    /** What its barcode says: the number, and a mark of the ticket, so that an old paper never stands for another note. */
    public String code() {
        return "NOTA-" + number + "-" + mark(ticket);
    }

    private static String mark(UUID ticket) {
        String text = ticket.toString();
        return text.substring(text.length() - MARK).toUpperCase(Locale.ROOT);
    }

    /**
     * A code as scanned or typed; {@code '} is what a scanner set to another keyboard makes of the dash.
     *
     * @param mark empty where only the number was typed
     */
    public record Code(long number, String mark) {
        public static Optional<Code> of(String text) {
            Matcher code = CODE.matcher(text);
            if (!code.matches()) return Optional.empty();
            String mark = code.group(2);
            return Optional.of(
                    new Code(Long.parseLong(code.group(1)), mark == null ? "" : mark.toUpperCase(Locale.ROOT)));
        }

        public boolean fits(UUID ticket) {
            return mark.isEmpty() || mark.equals(Note.mark(ticket));
        }
    }
}
