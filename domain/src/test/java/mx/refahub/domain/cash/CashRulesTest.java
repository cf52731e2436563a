package mx.refahub.domain.cash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import org.junit.jupiter.api.Test;

class CashRulesTest {
    private static final UUID SESSION = UUID.fromString("01890000-0000-7000-8000-000000000001");
    private static final UserId MARTA = new UserId(UUID.fromString("01890000-0000-7000-8000-0000000000e1"));

    /** Recorded with another program: SHA-256 of the fields behind their lengths, as docs/cash.md has them. */
    @Test
    void the_hash_of_a_row_is_what_the_document_says() {
        CashEntry opened = entry(1, "2026-03-02T16:00:00Z", CashEntry.Kind.OPENED, 50_000, SESSION, "");
        CashEntry paid = entry(
                2,
                "2026-03-02T16:01:00Z",
                CashEntry.Kind.PAID_OUT,
                -14_550,
                UUID.fromString("01890000-0000-7000-8000-000000000002"),
                "PETTY_CASH; reference R-118");

        Sha256 first = opened.hash(Sha256.NONE);

        assertThat(first).hasToString("36047ecf6c31163d73e6c1522e665f880154f4663aa5b5cb2c6ce6ffb47fc05e");
        assertThat(paid.hash(first)).hasToString("30ddd31fd58c622ea7268866e1a600ac8263ef97be31679c557eeca647357938");
    }

    @Test
    void fields_that_only_change_their_border_change_the_hash() {
        CashEntry one = new CashEntry(
                SESSION,
                1,
                Instant.EPOCH,
                CashEntry.Kind.DROP,
                Tender.Kind.CASH,
                Money.mxn(1),
                MARTA,
                "ab",
                SESSION,
                "c");
        CashEntry other = new CashEntry(
                SESSION,
                1,
                Instant.EPOCH,
                CashEntry.Kind.DROP,
                Tender.Kind.CASH,
                Money.mxn(1),
                MARTA,
                "a",
                SESSION,
                "bc");

        assertThat(one.hash(Sha256.NONE)).isNotEqualTo(other.hash(Sha256.NONE));
    }

    @Test
    void the_verifier_names_the_first_row_that_is_wrong_and_why() {
        List<CashChain.Link> sound = chain(4);
        Sha256 head = sound.getLast().hash();

        assertThat(CashChain.verify(sound, List.of(new CashChain.Seal(1, 4, head))))
                .isEqualTo(new CashChain.Verdict.Sound(4, head));
        assertThat(CashChain.verify(without(sound, 1), List.of())).isEqualTo(broken(2, CashChain.What.MISSING));
        assertThat(CashChain.verify(sound.subList(0, 3), List.of(new CashChain.Seal(1, 4, head))))
                .isEqualTo(broken(4, CashChain.What.MISSING));
        assertThat(CashChain.verify(List.of(), List.of())).isEqualTo(broken(1, CashChain.What.MISSING));
        assertThat(CashChain.verify(sound, List.of(new CashChain.Seal(1, 3, head))))
                .isEqualTo(broken(3, CashChain.What.NOT_AS_SEALED));
        List<CashChain.Link> unchained = new ArrayList<>(sound);
        unchained.set(
                2,
                new CashChain.Link(
                        sound.get(2).entry(), Sha256.NONE, sound.get(2).hash()));
        assertThat(CashChain.verify(unchained, List.of())).isEqualTo(broken(3, CashChain.What.UNCHAINED));
        List<CashChain.Link> edited = new ArrayList<>(sound);
        edited.set(
                1,
                new CashChain.Link(
                        entry(2, "2026-03-02T16:00:00Z", CashEntry.Kind.DROP, -1, SESSION, ""),
                        sound.get(1).previousHash(),
                        sound.get(1).hash()));
        assertThat(CashChain.verify(edited, List.of())).isEqualTo(broken(2, CashChain.What.EDITED));
    }

    @Test
    void limits_are_per_currency_and_one_without_a_limit_always_asks() {
        CashLimits limits = new CashLimits(List.of(Money.mxn(50_000)), List.of(Money.mxn(2_000)));

        assertThat(limits.needsApproval(out(50_000))).isFalse();
        assertThat(limits.needsApproval(out(50_001))).isTrue();
        assertThat(limits.needsApproval(new CashMovement(
                        SESSION,
                        CashMovement.Kind.PAID_IN,
                        new Money(1, Denomination.USD),
                        CashMovement.Reason.EXCHANGE_IN,
                        "",
                        "")))
                .isTrue();
        assertThat(limits.needsApproval(new CashMovement(
                        SESSION, CashMovement.Kind.DROP, Money.mxn(9_000_000), CashMovement.Reason.SAFE, "", "")))
                .isFalse();
        assertThat(limits.needsReason(Money.mxn(-2_000))).isFalse();
        assertThat(limits.needsReason(Money.mxn(-2_001))).isTrue();
        assertThat(CashLimits.mayApprove(Role.CASHIER)).isFalse();
        assertThat(CashLimits.mayApprove(Role.MANAGER)).isTrue();
    }

    @Test
    void a_movement_and_a_count_that_make_no_sense_cannot_be() {
        Denomination hundred = new Denomination(Denomination.Form.BILL, Money.mxn(10_000));
        assertThatThrownBy(() -> out(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> out(CashMovement.LARGEST + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CashMovement(
                        SESSION, CashMovement.Kind.PAID_IN, Money.mxn(1), CashMovement.Reason.PETTY_CASH, "", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CashCount.Pieces(hundred, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CashCount.Pieces(new Denomination(Denomination.Form.BILL, Money.mxn(3_000)), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CashCount(
                        List.of(new CashCount.Pieces(hundred, 1), new CashCount.Pieces(hundred, 2)), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CashCount.Vouchers(Tender.Kind.CASH, Money.mxn(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_was_counted_and_never_expected_gets_a_line_of_its_own() {
        CashCount count = new CashCount(
                List.of(new CashCount.Pieces(
                        new Denomination(Denomination.Form.BILL, new Money(2_000, Denomination.USD)), 2)),
                List.of(new CashCount.Vouchers(Tender.Kind.TRANSFER, Money.mxn(500))));

        List<CashReport.TenderLine> lines = CashReport.counted(CashReport.tenders(List.of()), count);

        assertThat(lines)
                .extracting(line -> line.tender() + " " + line.difference().text())
                .containsExactly("CASH $0.00", "CASH 40.00 USD", "TRANSFER $5.00");
    }

    private static CashMovement out(long centavos) {
        return new CashMovement(
                SESSION, CashMovement.Kind.PAID_OUT, Money.mxn(centavos), CashMovement.Reason.PETTY_CASH, "", "R-1");
    }

    private static CashChain.Verdict broken(long sequence, CashChain.What what) {
        return new CashChain.Verdict.Broken(sequence, what);
    }

    private static List<CashChain.Link> without(List<CashChain.Link> links, int index) {
        List<CashChain.Link> left = new ArrayList<>(links);
        left.remove(index);
        return left;
    }

    private static List<CashChain.Link> chain(int rows) {
        List<CashChain.Link> links = new ArrayList<>();
        Sha256 previous = Sha256.NONE;
        for (int i = 1; i <= rows; i++) {
            CashEntry entry = entry(i, "2026-03-02T16:00:00Z", CashEntry.Kind.PAID_IN, 100 * i, SESSION, "");
            Sha256 hash = entry.hash(previous);
            links.add(new CashChain.Link(entry, previous, hash));
            previous = hash;
        }
        return links;
    }

    private static CashEntry entry(
            long sequence, String at, CashEntry.Kind kind, long centavos, UUID cause, String detail) {
        return new CashEntry(
                SESSION,
                sequence,
                Instant.parse(at),
                kind,
                Tender.Kind.CASH,
                Money.mxn(centavos),
                MARTA,
                "Marta Hernández",
                cause,
                detail);
    }
}
