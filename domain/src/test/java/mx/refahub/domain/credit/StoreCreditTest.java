package mx.refahub.domain.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.LocalDate;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.StoreId;
import org.junit.jupiter.api.Test;

class StoreCreditTest {
    private static final UUID ID = UUID.fromString("0190f0a0-0000-7000-8000-0000000000d1");
    private static final StoreId CENTRO = StoreId.of("01890000-0000-7000-8000-00000000000a");

    @Test
    void a_slip_proves_itself_and_a_changed_one_does_not() throws GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        StoreCredit bare = new StoreCredit(ID, CENTRO, Money.mxn(8_900), LocalDate.parse("2026-03-02"), "");
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.getPrivate());
        signer.update(bare.message());
        String proof = bare.signed(signer.sign()).proof();

        assertThat(proof).hasSizeLessThan(220);
        StoreCredit read = StoreCredit.parse(proof).orElseThrow();
        assertThat(read.isSignedBy(keys.getPublic())).isTrue();
        StoreCredit more = StoreCredit.parse(proof.replace("|8900|", "|89000|")).orElseThrow();
        assertThat(more.isSignedBy(keys.getPublic())).isFalse();
        assertThat(read.isSignedBy(KeyPairGenerator.getInstance("Ed25519")
                        .generateKeyPair()
                        .getPublic()))
                .isFalse();
        assertThat(StoreCredit.parse("RC1|a|b|c")).isEmpty();
        assertThat(StoreCredit.parse(proof.replace("|8900|", "|-1|"))).isEmpty();
        assertThat(StoreCredit.parse("C1-000123|7K3M9QXA0C4T")).isEmpty();
    }

    @Test
    void every_mistyped_character_and_every_swap_of_neighbours_is_noticed() {
        String alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        String code = CreditCode.of(ID).value();
        assertThat(new CreditCode(CreditCode.of(ID).text().toLowerCase(java.util.Locale.ROOT)).value())
                .isEqualTo(code);
        for (int i = 0; i < code.length(); i++) {
            for (char other : alphabet.toCharArray()) {
                if (other == code.charAt(i)) continue;
                String wrong = code.substring(0, i) + other + code.substring(i + 1);
                assertThatThrownBy(() -> new CreditCode(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
            }
            if (i == 0 || code.charAt(i) == code.charAt(i - 1)) continue;
            String swapped = code.substring(0, i - 1) + code.charAt(i) + code.charAt(i - 1) + code.substring(i + 1);
            assertThatThrownBy(() -> new CreditCode(swapped)).as(swapped).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
