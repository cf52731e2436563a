package mx.refahub.store.scale;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mx.refahub.domain.device.Weight;
import mx.refahub.domain.device.Weight.Range;
import mx.refahub.domain.part.Quantity;

/**
 * What scales say. Pure: bytes in, a weighing out. A frame that is no frame gives none, never a wrong weight.
 *
 * <p>Sources: Torrey's serial scales answer {@code P} with a line of text; METTLER TOLEDO 8217 (request {@code W}, status byte after {@code ?}); Toledo Prix, protocol Prt5 (ENQ; digits
 * without a point, or five times I, N, S); METTLER TOLEDO continuous output (STX, status words A B C, six digits, six digits of tare, CR, checksum where there is one); CAS with
 * {@code ST,GS,+  1.500kg}; and scales that only ever send the line.
 */
public enum ScaleProtocol {
    TORREY("P") {
        @Override
        int frame(byte[] bytes, int from, int to) {
            return line(bytes, from, to);
        }

        @Override
        Optional<Weight> weight(byte[] frame) {
            return lineOfText(frame);
        }
    },
    TOLEDO_8217("W") {
        @Override
        int frame(byte[] bytes, int from, int to) {
            // A status byte may look like the end of a frame, or like the beginning of one.
            if (bytes[from] == STX && to - from > 1 && bytes[from + 1] == '?') {
                if (to - from < 4) return 0;
                return bytes[from + 3] == CR ? 4 : -1;
            }
            return between(bytes, from, to, STX, CR);
        }

        @Override
        Optional<Weight> weight(byte[] frame) {
            String said = new String(frame, 1, frame.length - 2, StandardCharsets.ISO_8859_1);
            if (said.startsWith("?") && said.length() == 2) return status(said.charAt(1));
            Matcher digits = POINTED.matcher(said.strip());
            return digits.matches() ? Optional.of(resting(new BigDecimal(digits.group()))) : Optional.empty();
        }

        /** Bits: moving, over capacity, below zero, outside zero's range, at zero, net. */
        private Optional<Weight> status(int bits) {
            if ((bits & 0x02) != 0) return Optional.of(new Weight(Quantity.ZERO, true, Range.OVER));
            if ((bits & 0x04) != 0) return Optional.of(new Weight(Quantity.ZERO, true, Range.BELOW_ZERO));
            if ((bits & 0x01) != 0) return Optional.of(new Weight(Quantity.ZERO, false, Range.WITHIN));
            if ((bits & 0x10) != 0) return Optional.of(resting(BigDecimal.ZERO));
            return Optional.empty();
        }
    },
    TOLEDO_PRIX("\u0005") {
        @Override
        int frame(byte[] bytes, int from, int to) {
            return between(bytes, from, to, STX, ETX);
        }

        @Override
        Optional<Weight> weight(byte[] frame) {
            if (frame.length != 7) return Optional.empty();
            String said = new String(frame, 1, 5, StandardCharsets.ISO_8859_1);
            return switch (said) {
                case "IIIII" -> Optional.of(new Weight(Quantity.ZERO, false, Range.WITHIN));
                case "NNNNN" -> Optional.of(new Weight(Quantity.ZERO, true, Range.BELOW_ZERO));
                case "SSSSS" -> Optional.of(new Weight(Quantity.ZERO, true, Range.OVER));
                default ->
                    said.chars().allMatch(c -> c >= '0' && c <= '9')
                            ? Optional.of(resting(new BigDecimal(said).movePointLeft(3)))
                            : Optional.empty();
            };
        }
    },
    TOLEDO_CONTINUOUS("") {
        private static final int LENGTH = 17;

        @Override
        int frame(byte[] bytes, int from, int to) {
            if (bytes[from] != STX) return -1;
            if (to - from < LENGTH) return 0;
            return bytes[from + LENGTH - 1] == CR ? LENGTH : -1;
        }

        @Override
        Optional<Weight> weight(byte[] frame) {
            int a = frame[1] & 0x7F;
            int b = frame[2] & 0x7F;
            if ((a & 0x20) == 0 || (b & 0x20) == 0) return Optional.empty();
            String digits = new String(frame, 4, 6, StandardCharsets.ISO_8859_1).strip();
            if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) return Optional.empty();
            // 2 is no decimal; below it are fixed zeros.
            BigDecimal value = new BigDecimal(digits).scaleByPowerOfTen(2 - (a & 0x07));
            if ((b & 0x10) == 0) value = value.multiply(POUND);
            boolean negative = (b & 0x02) != 0;
            Range range = (b & 0x04) != 0 ? Range.OVER : negative ? Range.BELOW_ZERO : Range.WITHIN;
            return Optional.of(new Weight(quantity(negative ? value.negate() : value), (b & 0x08) == 0, range));
        }
    },
    CAS("W") {
        @Override
        int frame(byte[] bytes, int from, int to) {
            return line(bytes, from, to);
        }

        @Override
        Optional<Weight> weight(byte[] frame) {
            Matcher said = CAS_LINE.matcher(text(frame));
            if (!said.matches()) return Optional.empty();
            if (said.group(1).equals("OL")) return Optional.of(new Weight(Quantity.ZERO, true, Range.OVER));
            return Optional.of(reading(
                    said.group(2), said.group(3), said.group(4), said.group(1).equals("ST")));
        }
    },
    PLAIN("") {
        @Override
        int frame(byte[] bytes, int from, int to) {
            return line(bytes, from, to);
        }

        @Override
        Optional<Weight> weight(byte[] frame) {
            return lineOfText(frame);
        }
    };

    static final byte STX = 0x02;
    static final byte ETX = 0x03;
    static final byte CR = 0x0D;
    static final byte LF = 0x0A;
    static final BigDecimal POUND = new BigDecimal("0.45359237");
    private static final Pattern POINTED = Pattern.compile("\\d{1,5}\\.\\d{1,3}");
    private static final Pattern LINE =
            Pattern.compile("([+-]?)\\s*(\\d{1,5}(?:\\.\\d{1,4})?)\\s*(kg|g|lb)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern CAS_LINE = Pattern.compile(
            "(ST|US|OL),(?:GS|NT),([+-]?)\\s*(\\d{1,6}(?:\\.\\d{1,4})?)?\\s*(kg|g|lb)?", Pattern.CASE_INSENSITIVE);

    private final byte[] request;

    ScaleProtocol(String request) {
        this.request = request.getBytes(StandardCharsets.US_ASCII);
    }

    /** What makes it answer; empty for one that never stops talking. */
    byte[] request() {
        return request.clone();
    }

    /** Whether its frames say by themselves that the load has come to rest. */
    boolean tellsRest() {
        return this != TORREY && this != PLAIN;
    }

    /** @return length of the frame that begins at {@code from}; 0 if it is not whole yet, -1 if none begins there */
    abstract int frame(byte[] bytes, int from, int to);

    /** What the frame says; empty when it makes no sense. */
    abstract Optional<Weight> weight(byte[] frame);

    private static int line(byte[] bytes, int from, int to) {
        if (bytes[from] == CR || bytes[from] == LF) return -1;
        for (int i = from; i < to; i++) if (bytes[i] == CR || bytes[i] == LF) return i + 1 - from;
        return 0;
    }

    private static int between(byte[] bytes, int from, int to, byte first, byte last) {
        if (bytes[from] != first) return -1;
        for (int i = from + 1; i < to; i++) {
            // Another beginning before the end: the first lost its tail.
            if (bytes[i] == first) return -1;
            if (bytes[i] == last) return i + 1 - from;
        }
        return 0;
    }

    private static String text(byte[] frame) {
        String text = new String(frame, StandardCharsets.ISO_8859_1).strip();
        return text.startsWith("\u0002") ? text.substring(1).strip() : text;
    }

    private static Optional<Weight> lineOfText(byte[] frame) {
        Matcher said = LINE.matcher(text(frame));
        return said.matches()
                ? Optional.of(reading(said.group(1), said.group(2), said.group(3), true))
                : Optional.empty();
    }

    private static Weight reading(
            @org.jspecify.annotations.Nullable String sign,
            @org.jspecify.annotations.Nullable String digits,
            @org.jspecify.annotations.Nullable String unit,
            boolean resting) {
        BigDecimal value = digits == null ? BigDecimal.ZERO : new BigDecimal(digits);
        value = switch (unit == null ? "kg" : unit.toLowerCase(Locale.ROOT)) {
            case "g" -> value.movePointLeft(3);
            case "lb" -> value.multiply(POUND);
            default -> value;
        };
        boolean negative = "-".equals(sign) && value.signum() != 0;
        return new Weight(
                quantity(negative ? value.negate() : value), resting, negative ? Range.BELOW_ZERO : Range.WITHIN);
    }

    private static Weight resting(BigDecimal kilograms) {
        return new Weight(quantity(kilograms), true, Range.WITHIN);
    }

    private static Quantity quantity(BigDecimal kilograms) {
        return Quantity.of(kilograms.setScale(3, RoundingMode.HALF_UP));
    }

    /** The frame in which a scale of this kind would say it; for the simulator. */
    byte[] say(Weight weight) {
        BigDecimal kilograms = weight.kilograms().value();
        String pointed = kilograms.abs().setScale(3, RoundingMode.HALF_UP).toPlainString();
        return switch (this) {
            case TORREY, PLAIN ->
                ascii(String.format(Locale.ROOT, "%s%7s kg\r", kilograms.signum() < 0 ? "-" : " ", pointed));
            case TOLEDO_8217 ->
                switch (weight.range()) {
                    case OVER -> new byte[] {STX, '?', 0x02, CR};
                    case BELOW_ZERO -> new byte[] {STX, '?', 0x04, CR};
                    case WITHIN ->
                        weight.resting() ? ascii("\u0002" + pointed + "\r") : new byte[] {STX, '?', 0x01, CR};
                };
            case TOLEDO_PRIX ->
                switch (weight.range()) {
                    case OVER -> ascii("\u0002SSSSS\u0003");
                    case BELOW_ZERO -> ascii("\u0002NNNNN\u0003");
                    case WITHIN ->
                        ascii(
                                weight.resting()
                                        ? String.format(
                                                Locale.ROOT,
                                                "\u0002%05d\u0003",
                                                weight.kilograms().thousandths())
                                        : "\u0002IIIII\u0003");
                };
            case TOLEDO_CONTINUOUS -> continuous(weight);
            case CAS -> {
                String rest = weight.range() == Range.OVER ? "OL" : weight.resting() ? "ST" : "US";
                yield ascii(String.format(
                        Locale.ROOT, "%s,GS,%s%7skg\r\n", rest, kilograms.signum() < 0 ? "-" : "+", pointed));
            }
        };
    }

    private static byte[] continuous(Weight weight) {
        int b = 0x30 | (weight.resting() ? 0 : 0x08);
        if (weight.kilograms().thousandths() < 0) b |= 0x02;
        if (weight.range() == Range.OVER) b |= 0x04;
        String digits = String.format(
                Locale.ROOT, "%6d%06d", Math.abs(weight.kilograms().thousandths()), 0);
        byte[] frame = Arrays.copyOf(ascii("\u0002" + (char) 0x2D + (char) b + ' ' + digits + "\r"), 18);
        int sum = 0;
        for (int i = 0; i < 17; i++) sum += frame[i];
        frame[17] = (byte) (-sum & 0x7F);
        return frame;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
