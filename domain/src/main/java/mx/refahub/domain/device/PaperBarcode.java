package mx.refahub.domain.device;

/** A barcode that a printer can draw. One that exists is valid. */
public sealed interface PaperBarcode {
    String content();

    /** Code 128 (ISO/IEC 15417), printable ASCII. */
    record Code128(String content) implements PaperBarcode {
        public static final int LONGEST = 40;

        public Code128 {
            if (content.isEmpty()
                    || content.length() > LONGEST
                    || content.chars().anyMatch(c -> c < 0x20 || c > 0x7E))
                throw new IllegalArgumentException("not for Code 128: " + content);
        }
    }

    /** EAN-13 (ISO/IEC 15420): thirteen digits with their check digit, which is added to twelve. */
    record Ean13(String content) implements PaperBarcode {
        public Ean13 {
            if (!content.matches("[0-9]{12,13}")) throw new IllegalArgumentException("not for EAN-13: " + content);
            int check = checkDigit(content);
            if (content.length() == 12) content += check;
            else if (content.charAt(12) - '0' != check)
                throw new IllegalArgumentException("check digit of " + content + " is " + check);
        }

        private static int checkDigit(String digits) {
            int sum = 0;
            for (int i = 0; i < 12; i++) sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
            return (10 - sum % 10) % 10;
        }
    }

    /** The denser one that fits: EAN-13 where it is one, else Code 128. */
    static PaperBarcode of(String content) {
        String code = content.strip();
        if (code.matches("[0-9]{13}")) {
            try {
                return new Ean13(code);
            } catch (IllegalArgumentException e) {
                return new Code128(code);
            }
        }
        return new Code128(code);
    }

    static boolean fits(String content) {
        return content.length() <= Code128.LONGEST
                && !content.isEmpty()
                && content.chars().allMatch(c -> c >= 0x20 && c <= 0x7E);
    }
}
