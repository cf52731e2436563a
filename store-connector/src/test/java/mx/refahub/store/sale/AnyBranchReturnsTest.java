package mx.refahub.store.sale;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.C2;
import static mx.refahub.store.TestStore.CENTRO;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.RITA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Folio;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.ReturnPolicies;
import mx.refahub.domain.sale.ReturnPolicy;
import mx.refahub.domain.sale.ReturnTerms;
import mx.refahub.domain.sale.Returns;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketProof;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.tax.TaxRegion;
import mx.refahub.domain.wire.ReturnRow;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Returns that the branch's own books do not prove; by policy; and what they tell the next clerk. */
class AnyBranchReturnsTest {
    private static final Payment NOTHING = new Payment(List.of());
    private static final StoreId NORTE = StoreId.of("01890000-0000-7000-8000-00000000000b");
    private static final Person ANA =
            new Person(new UserId(UUID.fromString("01890000-0000-7000-8000-0000000000ad")), "Ana", Role.ADMIN);

    private final KeyPair norte = keys();
    private TestStore store;
    private PartId plug;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        store.settingsWithKeys(Map.of(CENTRO, TestStore.KEYS.getPublic(), NORTE, norte.getPublic()));
        plug = store.part("BKR6E-11", 11_600);
        store.openCashSession(C1);
        store.openCashSession(C2);
    }

    @AfterEach
    void close() {
        store.close();
    }

    // --- another branch's ticket

    /** Sold at Norte for cash: each of these parts three times at its price. */
    private TicketProof soldAtNorte(LocalDate day, PartId... parts) {
        return soldAtNorte(Tender.Kind.CASH, day, parts);
    }

    private TicketProof soldAtNorte(Tender.Kind tender, LocalDate day, PartId... parts) {
        List<TicketProof.Line> lines = new ArrayList<>();
        Money total = Money.mxn(0);
        Tax tax = Tax.of(TaxClass.GENERAL, TaxRegion.STANDARD, "02");
        for (PartId part : parts) {
            Price price = new Price(Money.mxn(11_600), true);
            LineAmounts amounts = LineAmounts.of(price, Quantity.of(3), Money.mxn(1), tax);
            total = total.plus(amounts.total());
            lines.add(new TicketProof.Line(
                    store.ids.next(), SaleLine.Kind.PART, part, Quantity.of(3), price, amounts, tax));
        }
        TicketProof bare = new TicketProof(
                store.ids.next(),
                NORTE,
                new Folio("N1", 417),
                Instant.parse("2026-03-01T18:00:00Z"),
                day,
                Set.of(tender),
                null,
                total,
                0,
                lines,
                new byte[64]);
        return bare.signed(signature(norte, bare.message()));
    }

    @Test
    void what_another_branch_sold_for_a_marketplace_is_paid_back_by_it_and_not_out_of_the_drawer() {
        TicketProof sold = soldAtNorte(Tender.Kind.MARKETPLACE, LocalDate.parse("2026-03-01"), plug);
        done(store.returns.look(sold.codes()));
        Ticket ticket = done(back(inHand(), sold, 0, 1));
        Money total = ticket.totals().total();
        assertThat(refusal(store.till.pay(ticket.id(), total, cash(-total.minor()), MARTA)))
                .isEqualTo("market-return-there");

        Sale refund = done(store.till.pay(ticket.id(), total, NOTHING, MARTA));

        assertThat(refund.tenders()).singleElement().satisfies(tender -> {
            assertThat(tender.kind()).isEqualTo(Tender.Kind.MARKETPLACE);
            assertThat(tender.amount()).isEqualTo(total);
        });
    }

    private Outcome<Ticket> back(Ticket ticket, TicketProof sold, int line, int pieces) {
        return store.returns.bringBack(
                ticket.id(),
                store.ids.next(),
                sold.sale(),
                sold.lines().get(line).id(),
                Quantity.of(pieces),
                ReturnOf.Reason.NOT_NEEDED,
                MARTA,
                RITA);
    }

    private Ticket inHand() {
        return done(store.till.inHand(C1, MARTA));
    }

    @Test
    void a_ticket_of_another_branch_comes_back_by_its_signature_and_never_more_than_it_says() throws Exception {
        TicketProof sold = soldAtNorte(LocalDate.parse("2026-03-01"), plug);
        Returns.Returnable found = done(store.returns.look(sold.codes()));
        assertThat(found.sold().branch()).isEqualTo("NOR");
        assertThat(found.lines()).extracting(line -> line.left().thousandths()).containsExactly(3_000L);

        long paid = 0;
        for (int piece = 0; piece < 3; piece++) {
            Ticket ticket = done(back(inHand(), sold, 0, 1));
            Sale refund = done(store.till.pay(ticket.id(), ticket.totals().total(), NOTHING, MARTA));
            assertThat(refund.lines().getFirst().returnOf().terms().soldBy()).isEqualTo(NORTE);
            paid += refund.totals().total().minor();
        }

        assertThat(paid).isEqualTo(-sold.lines().getFirst().amounts().total().minor());
        assertThat(refusal(back(inHand(), sold, 0, 1))).isEqualTo("return-exceeds");
        Document document = store.outbox.after(0, 500, 1 << 20).getLast();
        SaleBody body = store.json.readValue(document.body(), SaleBody.class);
        assertThat(body.proofs()).hasSize(1);
        assertThat(TicketProof.parse(body.proofs().getFirst().codes().stream()
                        .map(code -> TicketProof.Code.of(code).orElseThrow())
                        .toList()))
                .contains(sold);
        assertThat(SaleBody.of(body.toSale()).lines()).isEqualTo(body.lines());
    }

    @Test
    void two_registers_cannot_take_back_the_same_piece_of_it() {
        TicketProof sold = soldAtNorte(LocalDate.parse("2026-03-01"), plug);
        done(store.returns.look(sold.codes()));
        Ticket one = done(back(inHand(), sold, 0, 3));
        Ticket other = done(back(done(store.till.inHand(C2, MARTA)), sold, 0, 1));
        done(store.till.pay(one.id(), one.totals().total(), NOTHING, MARTA));

        assertThat(refusal(store.till.pay(other.id(), other.totals().total(), NOTHING, MARTA)))
                .isEqualTo("return-exceeds");
    }

    @Test
    void a_code_that_nobody_signed_and_one_that_is_not_whole_are_refused() {
        PartId[] many = new PartId[30];
        for (int i = 0; i < many.length; i++) many[i] = plug;
        TicketProof sold = soldAtNorte(LocalDate.parse("2026-03-01"), many);
        List<String> codes = sold.codes();

        assertThat(codes).hasSize(2);
        assertThat(refusal(store.returns.look(List.of(codes.get(1))))).isEqualTo("proof-more");
        assertThat(done(store.returns.look(List.of(codes.get(1), codes.get(0)))).lines())
                .hasSize(30);
        TicketProof forged = sold.signed(signature(keys(), sold.message()));
        assertThat(refusal(store.returns.look(forged.codes()))).isEqualTo("proof-false");
        assertThat(refusal(store.returns.look(List.of(
                        codes.get(0),
                        soldAtNorte(LocalDate.parse("2026-03-01"), many).codes().get(1)))))
                .isEqualTo("proof-mixed");
        assertThat(refusal(store.returns.look(soldAtNorte(LocalDate.parse("2026-03-01"), new PartId(store.ids.next()))
                        .codes())))
                .isEqualTo("proof-parts-unknown");
    }

    @Test
    void the_own_ticket_is_found_by_its_code_in_the_own_books() {
        Ticket ticket = done(store.till.add(inHand().id(), store.ids.next(), plug, Quantity.ONE, MARTA));
        Sale sale = done(store.till.pay(ticket.id(), Money.mxn(11_600), cash(20_000), MARTA));
        TicketProof proof =
                TicketProofs.signed(sale, store.identities.current()).orElseThrow();

        assertThat(proof.isSignedBy(TestStore.KEYS.getPublic())).isTrue();
        Returns.Returnable found = done(store.returns.look(proof.codes()));
        assertThat(found.sold().branch()).isEmpty();
        assertThat(store.returns.find(proof.codes().getFirst())).contains(sale);
    }

    @Test
    void whatever_comes_back_in_whatever_pieces_is_never_more_than_was_paid() {
        PartId wire = store.part("C-12", 11_600, "MTO");
        Random random = new Random(20_261_121);
        for (int round = 0; round < 8; round++) {
            TicketProof sold = soldAtNorte(LocalDate.parse("2026-03-01"), wire);
            done(store.returns.look(sold.codes()));
            long paid = 0;
            long pieces = 0;
            for (int act = 0; act < 5; act++) {
                long thousandths = 1 + random.nextInt(1_500);
                Ticket ticket = inHand();
                Outcome<Ticket> back = store.returns.bringBack(
                        ticket.id(),
                        store.ids.next(),
                        sold.sale(),
                        sold.lines().getFirst().id(),
                        new Quantity(thousandths),
                        ReturnOf.Reason.DEFECTIVE,
                        RITA,
                        null);
                if (pieces + thousandths > 3_000) {
                    assertThat(refusal(back)).isEqualTo("return-exceeds");
                    continue;
                }
                pieces += thousandths;
                paid -= done(store.till.pay(ticket.id(), done(back).totals().total(), NOTHING, RITA))
                        .totals()
                        .total()
                        .minor();
            }
            assertThat(paid)
                    .isLessThanOrEqualTo(
                            sold.lines().getFirst().amounts().total().minor());
        }
    }

    // --- without a ticket

    private Outcome<Ticket> unproven(int pieces, String why, Person who, Person approver) {
        return store.returns.bringBackUnproven(
                new Returns.Unproven(
                        inHand().id(),
                        store.ids.next(),
                        plug,
                        Quantity.of(pieces),
                        ReturnOf.Reason.NOT_NEEDED,
                        null,
                        false,
                        why),
                who,
                approver);
    }

    @Test
    void without_a_ticket_the_lowest_price_of_late_comes_back_as_credit_alone() {
        Ticket cheap = done(store.till.add(inHand().id(), store.ids.next(), plug, Quantity.of(2), MARTA));
        done(store.till.discount(
                cheap.id(),
                cheap.lines().getFirst().id(),
                new mx.refahub.domain.sale.Discount.Percent(java.math.BigDecimal.TEN),
                "caja rota",
                RITA,
                null));
        done(store.till.pay(cheap.id(), Money.mxn(20_880), cash(20_880), MARTA));
        assertThat(refusal(unproven(1, "perdió el ticket", MARTA, null))).isEqualTo("return-needs-approval");
        assertThat(refusal(unproven(1, " ", MARTA, RITA))).isEqualTo("reason-missing");
        assertThat(refusal(unproven(60, "muchas", MARTA, RITA))).isEqualTo("return-without-ticket-limit");

        Ticket ticket = done(unproven(1, "perdió el ticket", MARTA, RITA));

        assertThat(ticket.totals().total()).isEqualTo(Money.mxn(-10_440));
        assertThat(refusal(store.till.pay(ticket.id(), Money.mxn(-10_440), cash(10_440), MARTA)))
                .isEqualTo("return-as-credit");
        assertThat(done(store.till.givenBack(ticket.id())).offers())
                .extracting(Payment.Offer::kind)
                .containsExactly(Tender.Kind.STORE_CREDIT);
        Sale refund = done(store.till.pay(ticket.id(), Money.mxn(-10_440), NOTHING, MARTA));
        assertThat(refund.tenders()).extracting(Tender::kind).containsExactly(Tender.Kind.STORE_CREDIT);
        assertThat(refund.lines().getFirst().grant().reason()).isEqualTo("perdió el ticket");
        assertThat(store.till.sale(refund.id())).contains(refund);
        store.clock.advance(Duration.ofDays(91));
        assertThat(done(store.returns.worth(plug)).price().amount()).isEqualTo(Money.mxn(11_600));
        done(unproven(60, "un administrador sí", ANA, null));
    }

    // --- policies

    private void policy(
            ReturnPolicy.Target target, String value, boolean returnable, Integer days, int fee, boolean inspect) {
        store.publish(
                Stream.RETURNS,
                List.of(new ReturnRow(
                        target.name(), value, new ReturnRow.PolicyRow(returnable, days, fee, inspect), null)));
    }

    private Sale soldHere(int pieces) {
        Ticket ticket = done(store.till.add(inHand().id(), store.ids.next(), plug, Quantity.of(pieces), MARTA));
        return done(store.till.pay(ticket.id(), ticket.totals().total(), cash(100_000), MARTA));
    }

    private Outcome<Ticket> back(Sale sale, ReturnOf.Reason reason, boolean inspected, String override) {
        return store.returns.bringBack(
                new Returns.Back(
                        inHand().id(),
                        store.ids.next(),
                        sale.id(),
                        sale.lines().getFirst().id(),
                        Quantity.ONE,
                        reason,
                        null,
                        inspected,
                        override),
                MARTA,
                RITA);
    }

    @Test
    void the_fee_is_kept_with_its_tax_and_stands_on_the_line() {
        policy(ReturnPolicy.Target.ALL, "", true, null, 1_250, false);
        Sale sale = soldHere(2);

        Ticket ticket = done(back(sale, ReturnOf.Reason.NOT_NEEDED, false, ""));

        // 116.00 = 100.00 + 16.00; 12.5 % of each is kept: 12.50 + 2.00.
        assertThat(ticket.totals().total()).isEqualTo(Money.mxn(-10_150));
        Sale refund = done(store.till.pay(ticket.id(), Money.mxn(-10_150), NOTHING, MARTA));
        SaleLine line = refund.lines().getFirst();
        assertThat(line.amounts().base()).isEqualTo(Money.mxn(-8_750));
        assertThat(line.amounts().tax()).isEqualTo(Money.mxn(-1_400));
        assertThat(line.amounts().discount()).isEqualTo(Money.mxn(-1_250));
        assertThat(line.returnOf().terms().fee())
                .isEqualTo(new ReturnTerms.Fee(1_250, Money.mxn(1_250), Money.mxn(200)));
        Ticket broken = done(back(sale, ReturnOf.Reason.DEFECTIVE, false, ""));
        assertThat(broken.totals().total()).isEqualTo(Money.mxn(-11_600));
    }

    @Test
    void what_cannot_come_back_or_not_any_more_needs_a_reason_that_stands_on_the_line() {
        policy(ReturnPolicy.Target.CATEGORY, "Encendido", true, 10, 0, true);
        Sale sale = soldHere(3);
        assertThat(refusal(back(sale, ReturnOf.Reason.NOT_NEEDED, false, ""))).isEqualTo("return-uninspected");
        store.clock.advance(Duration.ofDays(11));
        assertThat(refusal(back(sale, ReturnOf.Reason.NOT_NEEDED, true, ""))).isEqualTo("return-too-late");
        assertThat(done(store.returns.returnable(sale.id())).lines().getFirst().late())
                .isTrue();
        policy(ReturnPolicy.Target.PART, plug.toString(), false, null, 0, false);
        assertThat(refusal(back(sale, ReturnOf.Reason.NOT_NEEDED, true, ""))).isEqualTo("return-not-allowed");

        Ticket ticket = done(back(sale, ReturnOf.Reason.NOT_NEEDED, true, "cliente de siempre"));

        assertThat(ticket.lines().getFirst().grant().reason()).isEqualTo("cliente de siempre");
        assertThat(ticket.lines().getFirst().returnOf().terms().waived())
                .containsExactly(ReturnPolicy.Rule.NOT_RETURNABLE);
        store.publish(Stream.RETURNS, List.of(new ReturnRow("PART", plug.toString(), null, null)));
        assertThat(store.policies.of(plug).days()).isEqualTo(10);
    }

    // --- what did not fit

    @Test
    void the_next_clerk_is_warned_for_every_vehicle_of_the_same_fitment_and_for_no_other() {
        store.publish(
                Stream.RETURNS,
                List.of(
                        new ReturnRow(
                                null, null, null, new ReturnRow.MisfitRow(plug.value(), "VW", "Jetta", 2013, "2.5", 2)),
                        new ReturnRow(
                                null, null, null, new ReturnRow.MisfitRow(plug.value(), "VW", "Golf", 2013, "", 1))));

        assertThat(times("VW", "Jetta", 2016)).isEqualTo(2);
        assertThat(times("vw", "jetta", 2013)).isEqualTo(2);
        assertThat(times("VW", "Jetta", 1999)).isZero();
        assertThat(times("VW", "Golf", 2013)).isEqualTo(1);
        assertThat(store.policies.notes(List.of(plug), null).get(plug).misfits())
                .isEqualTo(3);
        store.publish(
                Stream.RETURNS,
                List.of(new ReturnRow(
                        null, null, null, new ReturnRow.MisfitRow(plug.value(), "VW", "Jetta", 2013, "2.5", 3))));
        assertThat(times("VW", "Jetta", 2016)).isEqualTo(3);
    }

    private long times(String make, String model, int year) {
        ReturnPolicies.Note note = store.policies
                .notes(List.of(plug), new ReturnPolicies.Wanted(make, model, year, ""))
                .get(plug);
        return note == null ? 0 : note.misfits();
    }

    @Test
    void the_vehicle_goes_to_the_hub_with_the_returned_line() {
        Sale sale = soldHere(1);
        Ticket ticket = done(store.returns.bringBack(
                new Returns.Back(
                        inHand().id(),
                        store.ids.next(),
                        sale.id(),
                        sale.lines().getFirst().id(),
                        Quantity.ONE,
                        ReturnOf.Reason.DID_NOT_FIT,
                        new ReturnTerms.Vehicle("VW", "Jetta", 2013, "2.5"),
                        false,
                        ""),
                MARTA,
                RITA));
        done(store.till.pay(ticket.id(), ticket.totals().total(), NOTHING, MARTA));

        String body = new String(store.outbox.after(0, 500, 1 << 20).getLast().body(), StandardCharsets.UTF_8);
        assertThat(body).contains("\"vehicle\":{\"make\":\"VW\",\"model\":\"Jetta\",\"year\":2013,\"engine\":\"2.5\"}");
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] signature(KeyPair keys, byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(keys.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
