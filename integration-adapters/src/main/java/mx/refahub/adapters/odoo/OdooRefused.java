package mx.refahub.adapters.odoo;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mx.refahub.domain.Failure;
import org.jspecify.annotations.Nullable;

/** The server understood and did not do it: its transaction is rolled back. {@code getMessage} is fit for a person: what Odoo says to its own users, never a traceback. */
final class OdooRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 400;
    private static final Pattern LAST_LINE = Pattern.compile("(?m)^([A-Za-z_][\\w.]*)(?:: (.*))?\\z", Pattern.DOTALL);

    enum Kind {
        /** The key, the user or the database is not (or no longer) good. */
        KEY,
        /** The user may not do it. */
        ACCESS,
        /** Its rules say no. */
        VALIDATION,
        /** What must be there once is there already. */
        DUPLICATE,
        /** The record, model or method is not there. */
        MISSING,
        /** It broke down over the request. */
        SERVER
    }

    private final Kind kind;

    OdooRefused(Kind kind, String message) {
        super(shown(message));
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /**
     * What an exception of the server is to us. The names are those of {@code odoo.exceptions}, the same over all protocols and versions.
     *
     * @return {@link OdooRefused}, or a {@link Failure} {@code RETRYABLE} where the same request may pass later
     */
    static RuntimeException of(String exception, @Nullable String message, int status) {
        String name = exception.substring(exception.lastIndexOf('.') + 1);
        String said = message == null ? "" : message;
        return switch (name) {
            case "AccessDenied", "Unauthorized", "SessionExpiredException" -> new OdooRefused(Kind.KEY, said);
            case "AccessError", "Forbidden" -> new OdooRefused(Kind.ACCESS, said);
            case "MissingError", "NotFound" -> new OdooRefused(Kind.MISSING, said);
            case "ValidationError", "UserError", "RedirectWarning", "Warning", "except_orm" ->
                new OdooRefused(saysTwice(said) ? Kind.DUPLICATE : Kind.VALIDATION, said);
            case "UniqueViolation", "IntegrityError" ->
                new OdooRefused(saysTwice(said) ? Kind.DUPLICATE : Kind.SERVER, "");
            case "LockError",
                    "SerializationFailure",
                    "DeadlockDetected",
                    "LockNotAvailable",
                    "PoolError",
                    "OperationalError",
                    "TransactionRollbackError",
                    "ConcurrencyError" -> Failure.retryable("Odoo está ocupado (" + name + ")", null);
            default ->
                switch (status) {
                    case 401 -> new OdooRefused(Kind.KEY, said);
                    case 403 -> new OdooRefused(Kind.ACCESS, said);
                    case 404 -> new OdooRefused(Kind.MISSING, said);
                    case 422 -> new OdooRefused(saysTwice(said) ? Kind.DUPLICATE : Kind.VALIDATION, said);
                    // Text of an exception that its users do not see either: its name is for whoever looks into the log
                    // of the server.
                    default -> new OdooRefused(Kind.SERVER, name);
                };
        };
    }

    /** Of a text that ends with a Python traceback's last line. */
    static RuntimeException ofTraceback(String text) {
        String[] lines = text.strip().split("\n(?! )", -1);
        for (int i = lines.length - 1; i >= 0; i--) {
            Matcher last = LAST_LINE.matcher(lines[i]);
            if (last.matches()
                    && last.group(1).matches(".*(Error|Exception|Warning|Violation|Denied|Failure|Detected)"))
                return of(last.group(1), last.group(2), 0);
        }
        return new OdooRefused(Kind.SERVER, "");
    }

    private static boolean saysTwice(String message) {
        String low = message.toLowerCase(Locale.ROOT);
        return low.contains("already assigned")
                || low.contains("already exist")
                || low.contains("must be unique")
                || low.contains("duplicate key")
                || low.contains("ya existe")
                || low.contains("ya asignado")
                || low.contains("debe ser único");
    }

    private static String shown(String text) {
        int traceback = text.indexOf("Traceback (most recent call last)");
        String first = (traceback < 0 ? text : text.substring(0, traceback))
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        return first.length() <= LONGEST ? first : first.substring(0, LONGEST - 1) + "…";
    }
}
