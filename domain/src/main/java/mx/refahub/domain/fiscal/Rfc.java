package mx.refahub.domain.fiscal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Registro Federal de Contribuyentes: four letters (three of a company), a date of birth or founding, and three characters the last of which is
 * a check digit (SAT, Anexo 20, pattern of the attribute Rfc).
 *
 * @param value upper case, without blanks and dashes
 */
public record Rfc(String value) {
    private static final Pattern SHAPE = Pattern.compile("([A-ZÑ&]{3,4})(\\d{2})(\\d{2})(\\d{2})[A-Z0-9]{2}[0-9A]");
    /** Place is value; the blank stands before a company's three letters. */
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ";

    private static final int LENGTH = 13;
    private static final int MODULUS = 11;
    public static final Rfc GENERAL_PUBLIC = new Rfc("XAXX010101000");
    public static final Rfc FOREIGNER = new Rfc("XEXX010101000");

    public Rfc {
        value = value.toUpperCase(Locale.ROOT).replaceAll("[\\s-]", "");
        Matcher shape = SHAPE.matcher(value);
        if (!shape.matches()) throw new IllegalArgumentException("RFC '" + value + "' has not the shape of one");
        if (!isDate(shape.group(2), shape.group(3), shape.group(4)))
            throw new IllegalArgumentException("RFC '" + value + "' holds no date");
    }

    /** The century is not told: a date of either is one. */
    private static boolean isDate(String year, String month, String day) {
        try {
            LocalDate unused =
                    LocalDate.of(2000 + Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
            return true;
        } catch (DateTimeException e) {
            return month.equals("02") && day.equals("29") && year.equals("00");
        }
    }

    public boolean isCompany() {
        return value.length() == LENGTH - 1;
    }

    /** Stands for everybody who gave none: the public in general, or a foreigner. */
    public boolean isGeneric() {
        return equals(GENERAL_PUBLIC) || equals(FOREIGNER);
    }

    /** Whether the last character follows from the others. A few that SAT itself gave out do not, so it warns and never refuses. */
    public boolean checkDigitFits() {
        if (isGeneric()) return true;
        String padded = isCompany() ? " " + value : value;
        int sum = 0;
        for (int i = 0; i < LENGTH - 1; i++) sum += DIGITS.indexOf(padded.charAt(i)) * (LENGTH - i);
        int rest = sum % MODULUS;
        char expected = rest == 0 ? '0' : rest == 1 ? 'A' : (char) ('0' + MODULUS - rest);
        return padded.charAt(LENGTH - 1) == expected;
    }

    @Override
    public String toString() {
        return value;
    }
}
