package mx.refahub.domain.sale;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxFactor;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket's QR proves at any branch with no network: the lines that can come back, what was paid for each and how. Binary, signed by the branch's Ed25519 key, written in
 * letters and digits alone (32 of them, so that a QR takes them in its alphanumeric mode and no keyboard layout garbles them), split over as many codes as it needs.
 *
 * <p>A code: {@code RT1}, its number, how many there are, four characters that tell the ticket's codes from another's, then the text. Items outside the catalogue are
 * not in it: they have no part that another branch could put on its shelf.
 *
 * @param account whose account it was sold on; null where none
 * @param missing lines that can come back, but only where they were sold
 * @param signature 64 bytes
 */
public record TicketProof(
        UUID sale,
        StoreId store,
        Folio folio,
        Instant soldAt,
        LocalDate businessDay,
        Set<Tender.Kind> tenders,
        @Nullable UUID account,
        Money total,
        int missing,
        List<Line> lines,
        byte[] signature) {
    /** @param kind PART or CORE_DEPOSIT */
    public record Line(
            UUID id, SaleLine.Kind kind, PartId part, Quantity quantity, Price price, LineAmounts amounts, Tax tax) {}

    /** Characters of one code: fits QR version 25 at level M, 117 modules, which 58 mm paper prints at 3 dots (0.375 mm) each. */
    public static final int MOST_CHARACTERS = 1_400;
    /** More than four codes nobody scans. */
    public static final int MOST_CODES = 4;

    private static final String MARK = "RT1";
    private static final int HEAD = MARK.length() + 6;
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int SIGNATURE = 64;
    private static final int MOST_BYTES = MOST_CODES * (MOST_CHARACTERS - HEAD) * 5 / 8;
    private static final byte VERSION = 1;

    public TicketProof {
        tenders = Set.copyOf(tenders);
        lines = List.copyOf(lines);
        if (lines.isEmpty()) throw new IllegalArgumentException("a proof of nothing");
        if (missing < 0) throw new IllegalArgumentException(missing + " lines missing");
    }

    /** Of a finished ticket, without its signature; empty where nothing of it can come back at another branch. */
    public static Optional<TicketProof> of(Sale sale) {
        List<Line> lines = new ArrayList<>();
        int missing = 0;
        for (SaleLine line : sale.lines()) {
            if (line.kind().comesBack()) continue;
            if (line.kind().isMisc()) missing++;
            else
                lines.add(new Line(
                        line.id(),
                        line.kind(),
                        line.part(),
                        line.quantity(),
                        line.price(),
                        line.amounts(),
                        line.tax()));
        }
        Set<Tender.Kind> kinds = EnumSet.noneOf(Tender.Kind.class);
        for (Tender tender : sale.tenders()) if (tender.kind().isOffered()) kinds.add(tender.kind());
        Buyer buyer = sale.buyer();
        UUID account = buyer == null || sale.onAccount().minor() <= 0 ? null : buyer.id();
        while (!lines.isEmpty()) {
            TicketProof proof = new TicketProof(
                    sale.id(),
                    sale.store(),
                    sale.folio(),
                    Instant.ofEpochSecond(sale.soldAt().getEpochSecond()),
                    sale.businessDay(),
                    kinds,
                    account,
                    sale.totals().total(),
                    missing,
                    lines,
                    new byte[SIGNATURE]);
            if (proof.message().length + SIGNATURE <= MOST_BYTES) return Optional.of(proof);
            lines.removeLast();
            missing++;
        }
        return Optional.empty();
    }

    public TicketProof signed(byte[] by) {
        if (by.length != SIGNATURE) throw new IllegalArgumentException("a signature of " + by.length + " bytes");
        return new TicketProof(
                sale, store, folio, soldAt, businessDay, tenders, account, total, missing, lines, by.clone());
    }

    /** What is signed. */
    public byte[] message() {
        Out out = new Out();
        out.bytes.write(VERSION);
        out.id(sale);
        out.id(store.value());
        byte[] prefix = folio.prefix().getBytes(StandardCharsets.US_ASCII);
        out.number(prefix.length);
        out.bytes.writeBytes(prefix);
        out.number(folio.number());
        out.number(soldAt.getEpochSecond());
        out.number(businessDay.toEpochDay());
        long kinds = 0;
        for (Tender.Kind kind : tenders) kinds |= 1L << kind.ordinal();
        out.number(kinds);
        out.bytes.write(account == null ? 0 : 1);
        if (account != null) out.id(account);
        out.signed(total.minor());
        out.number(missing);
        out.number(lines.size());
        List<Tax> taxes = lines.stream().map(Line::tax).distinct().toList();
        out.number(taxes.size());
        for (Tax tax : taxes) {
            out.number(Integer.parseInt(tax.object()));
            out.number(tax.factor().ordinal());
            out.number(tax.rate().unscaledValue().longValueExact());
        }
        PartId before = PartId.NONE;
        for (Line line : lines) {
            boolean core = line.kind() == SaleLine.Kind.CORE_DEPOSIT;
            boolean same = line.part().equals(before);
            out.bytes.write((core ? 1 : 0) | (line.price().includesTax() ? 2 : 0) | (same ? 4 : 0));
            out.id(line.id());
            if (!same) out.id(line.part().value());
            before = line.part();
            out.number(taxes.indexOf(line.tax()));
            out.number(line.quantity().thousandths());
            out.number(line.price().amount().minor());
            out.number(line.amounts().discount().minor());
            out.number(line.amounts().base().minor());
            out.number(line.amounts().tax().minor());
        }
        return out.bytes.toByteArray();
    }

    /** The texts of its codes, in their order. */
    public List<String> codes() {
        byte[] message = message();
        byte[] all = Arrays.copyOf(message, message.length + SIGNATURE);
        System.arraycopy(signature, 0, all, message.length, SIGNATURE);
        String text = letters(all);
        String tag = letters(Sha256.digest(all).bytes()).substring(0, 4);
        int room = MOST_CHARACTERS - HEAD;
        int codes = Math.ceilDiv(text.length(), room);
        // Codes of one size: none is denser than it must be.
        int each = Math.ceilDiv(text.length(), codes);
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < codes; i++)
            pieces.add(
                    MARK + (i + 1) + codes + tag + text.substring(i * each, Math.min(text.length(), (i + 1) * each)));
        return pieces;
    }

    /** One of a ticket's codes, as it was scanned. */
    public record Code(int number, int of, String tag, String text) {
        public static Optional<Code> of(String scanned) {
            String text = scanned.strip().toUpperCase(Locale.ROOT);
            if (!text.startsWith(MARK) || text.length() <= HEAD) return Optional.empty();
            int number = text.charAt(3) - '0';
            int of = text.charAt(4) - '0';
            if (of < 1 || of > MOST_CODES || number < 1 || number > of) return Optional.empty();
            return Optional.of(new Code(number, of, text.substring(5, HEAD), text.substring(HEAD)));
        }

        /** The sale that it speaks of; only the first code says so. */
        public Optional<UUID> sale() {
            if (number != 1) return Optional.empty();
            byte[] bytes = bytes(text);
            if (bytes.length < 17 || bytes[0] != VERSION) return Optional.empty();
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, 16);
            return Optional.of(new UUID(buffer.getLong(), buffer.getLong()));
        }
    }

    /** Out of all its codes, in any order; empty if they are not those of one ticket, or no ticket's. Whether the signature holds is asked apart. */
    public static Optional<TicketProof> parse(List<Code> codes) {
        if (codes.isEmpty()) return Optional.empty();
        Code first = codes.getFirst();
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= first.of(); i++) {
            int number = i;
            Code code = codes.stream()
                    .filter(one -> one.number() == number
                            && one.of() == first.of()
                            && one.tag().equals(first.tag()))
                    .findFirst()
                    .orElse(null);
            if (code == null) return Optional.empty();
            text.append(code.text());
        }
        byte[] all = bytes(text.toString());
        // One way of writing each: the last letter has bits to spare, and none of them may be another's.
        if (!letters(all).contentEquals(text)) return Optional.empty();
        if (!letters(Sha256.digest(all).bytes()).startsWith(first.tag())) return Optional.empty();
        try {
            return Optional.of(read(all));
        } catch (IllegalArgumentException
                | ArithmeticException
                | java.nio.BufferUnderflowException
                | IndexOutOfBoundsException
                | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static TicketProof read(byte[] all) {
        ByteBuffer in = ByteBuffer.wrap(all, 0, Math.max(0, all.length - SIGNATURE));
        if (in.get() != VERSION) throw new IllegalArgumentException("a proof of another version");
        UUID sale = id(in);
        StoreId store = new StoreId(id(in));
        byte[] prefix = new byte[Math.toIntExact(Math.min(number(in), 6))];
        in.get(prefix);
        Folio folio = new Folio(new String(prefix, StandardCharsets.US_ASCII), number(in));
        Instant soldAt = Instant.ofEpochSecond(number(in));
        LocalDate day = LocalDate.ofEpochDay(number(in));
        long kinds = number(in);
        Set<Tender.Kind> tenders = EnumSet.noneOf(Tender.Kind.class);
        for (Tender.Kind kind : Tender.Kind.values()) if ((kinds >> kind.ordinal() & 1) == 1) tenders.add(kind);
        UUID account = in.get() == 1 ? id(in) : null;
        Money total = Money.mxn(unfold(number(in)));
        int missing = Math.toIntExact(number(in));
        int count = Math.toIntExact(number(in));
        List<Tax> taxes = new ArrayList<>();
        for (long left = number(in); left > 0; left--)
            taxes.add(new Tax(
                    String.format(Locale.ROOT, "%02d", number(in)),
                    TaxFactor.values()[Math.toIntExact(number(in))],
                    BigDecimal.valueOf(number(in), 6)));
        List<Line> lines = new ArrayList<>();
        PartId part = PartId.NONE;
        for (int i = 0; i < count; i++) {
            int flags = in.get();
            UUID line = id(in);
            if ((flags & 4) == 0) part = new PartId(id(in));
            Tax tax = taxes.get(Math.toIntExact(number(in)));
            Quantity quantity = new Quantity(number(in));
            Price price = new Price(Money.mxn(number(in)), (flags & 2) != 0);
            Money discount = Money.mxn(number(in));
            Money base = Money.mxn(number(in));
            Money taxed = Money.mxn(number(in));
            lines.add(new Line(
                    line,
                    (flags & 1) == 0 ? SaleLine.Kind.PART : SaleLine.Kind.CORE_DEPOSIT,
                    part,
                    quantity,
                    price,
                    new LineAmounts(base.plus(discount), discount, base, taxed, base.plus(taxed)),
                    tax));
        }
        if (in.hasRemaining()) throw new IllegalArgumentException("more than a proof");
        return new TicketProof(
                sale,
                store,
                folio,
                soldAt,
                day,
                tenders,
                account,
                total,
                missing,
                lines,
                Arrays.copyOfRange(all, all.length - SIGNATURE, all.length));
    }

    /** Whether the branch with this key signed it. */
    public boolean isSignedBy(PublicKey key) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message());
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TicketProof proof
                && Arrays.equals(message(), proof.message())
                && Arrays.equals(signature, proof.signature);
    }

    @Override
    public int hashCode() {
        return sale.hashCode();
    }

    @Override
    public String toString() {
        return "TicketProof[" + folio.text() + ", " + lines.size() + " lines, "
                + HexFormat.of().formatHex(signature, 0, 4) + "]";
    }

    private static final class Out {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        void id(UUID id) {
            bytes.writeBytes(ByteBuffer.allocate(16)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .array());
        }

        /** Seven bits a byte, the lowest first. */
        void number(long value) {
            if (value < 0) throw new IllegalArgumentException("a proof says nothing below zero");
            long rest = value;
            while (rest > 127) {
                bytes.write((int) (rest & 127 | 128));
                rest >>>= 7;
            }
            bytes.write((int) rest);
        }

        void signed(long value) {
            number(value < 0 ? Math.negateExact(value) * 2 - 1 : value * 2);
        }
    }

    private static long unfold(long value) {
        return (value & 1) == 1 ? -(value + 1) / 2 : value / 2;
    }

    private static UUID id(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    private static long number(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 127) << shift;
            if (next >= 0) return value;
        }
        throw new IllegalArgumentException("a number that does not end");
    }

    private static String letters(byte[] bytes) {
        StringBuilder text = new StringBuilder(Math.ceilDiv(bytes.length * 8, 5));
        int held = 0;
        int bits = 0;
        for (byte one : bytes) {
            held = held << 8 | one & 255;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(DIGITS.charAt(held >> bits & 31));
            }
            held &= (1 << bits) - 1;
        }
        if (bits > 0) text.append(DIGITS.charAt(held << 5 - bits & 31));
        return text.toString();
    }

    /** Whatever is no letter of ours is left out; the tag and the signature notice. */
    private static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int held = 0;
        int bits = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0) continue;
            held = held << 5 | digit;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(held >> bits);
                held &= (1 << bits) - 1;
            }
        }
        return bytes.toByteArray();
    }
}
