package mx.refahub.domain.sale;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.tax.TaxRegion;
import org.junit.jupiter.api.Test;

class TicketProofTest {
    private static final KeyPair KEYS = keys();
    private final Random random = new Random(417);

    @Test
    void what_is_printed_is_what_is_read_in_any_order_of_its_codes_and_in_small_letters() {
        for (int lines : List.of(1, 2, 7, 30, 60)) {
            TicketProof proof = signed(proof(lines));
            List<String> codes = new ArrayList<>(proof.codes());
            Collections.reverse(codes);

            TicketProof read = TicketProof.parse(codes.stream()
                            .map(code -> " " + code.toLowerCase(Locale.ROOT) + "\n")
                            .map(code -> TicketProof.Code.of(code).orElseThrow())
                            .toList())
                    .orElseThrow();

            assertThat(read).isEqualTo(proof);
            assertThat(read.lines()).isEqualTo(proof.lines());
            assertThat(read.isSignedBy(KEYS.getPublic())).isTrue();
            assertThat(TicketProof.Code.of(proof.codes().getFirst())
                            .orElseThrow()
                            .sale())
                    .contains(proof.sale());
        }
    }

    @Test
    void thirty_lines_take_two_codes_of_letters_and_digits_alone() {
        List<String> codes = signed(proof(30)).codes();

        assertThat(codes).hasSize(2);
        assertThat(codes)
                .allSatisfy(code ->
                        assertThat(code).matches("[0-9A-Z]+").hasSizeLessThanOrEqualTo(TicketProof.MOST_CHARACTERS));
    }

    @Test
    void no_letter_can_be_changed_and_no_codes_of_two_tickets_go_together() {
        TicketProof proof = signed(proof(3));
        String code = proof.codes().getFirst();
        for (int i = 9; i < code.length(); i++)
            for (char other : "ABCDEFGHJKMNPQRSTVWXYZ0123456789".toCharArray()) {
                if (other == code.charAt(i)) continue;
                String changed = code.substring(0, i) + other + code.substring(i + 1);
                assertThat(TicketProof.parse(
                                        List.of(TicketProof.Code.of(changed).orElseThrow()))
                                .filter(read -> read.isSignedBy(KEYS.getPublic())))
                        .isEmpty();
            }
        assertThat(proof.isSignedBy(keys().getPublic())).isFalse();
        List<TicketProof.Code> mixed = List.of(
                TicketProof.Code.of(signed(proof(30)).codes().get(0)).orElseThrow(),
                TicketProof.Code.of(signed(proof(30)).codes().get(1)).orElseThrow());
        assertThat(TicketProof.parse(mixed)).isEmpty();
        for (String nothing : List.of("", "RT1", "RT111ABCD", "RT199ABCDWWWW", "C1-000001", "RT111ABCDÑÑÑÑ\u0000"))
            assertThat(TicketProof.Code.of(nothing).flatMap(one -> TicketProof.parse(List.of(one))))
                    .isEmpty();
    }

    private TicketProof proof(int lines) {
        List<TicketProof.Line> all = new ArrayList<>();
        long total = 0;
        for (int i = 0; i < lines; i++) {
            Price price = new Price(Money.mxn(1 + random.nextInt(5_000_000)), random.nextBoolean());
            Tax tax = Tax.of(TaxClass.values()[random.nextInt(3)], TaxRegion.STANDARD, "02");
            Quantity quantity = new Quantity(1 + random.nextInt(20_000));
            LineAmounts amounts = LineAmounts.of(price, quantity, Money.mxn(0), tax);
            total += amounts.total().minor();
            all.add(new TicketProof.Line(id(), SaleLine.Kind.PART, new PartId(id()), quantity, price, amounts, tax));
        }
        return new TicketProof(
                id(),
                new StoreId(id()),
                new Folio("C1", 1 + random.nextInt(1_000_000)),
                Instant.ofEpochSecond(1_790_000_000L + random.nextInt(1_000_000)),
                LocalDate.of(2026, 11, 21),
                Set.of(Tender.Kind.CASH, Tender.Kind.ON_ACCOUNT),
                random.nextBoolean() ? id() : null,
                Money.mxn(total),
                random.nextInt(3),
                all,
                new byte[64]);
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static TicketProof signed(TicketProof bare) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(KEYS.getPrivate());
            signer.update(bare.message());
            return bare.signed(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
