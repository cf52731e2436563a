package mx.refahub.store.customer;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.RITA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import mx.refahub.domain.cash.CashReport;
import mx.refahub.domain.customer.Account;
import mx.refahub.domain.customer.Accounts;
import mx.refahub.domain.customer.CreditLine;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.CustomerRow;
import mx.refahub.store.TestStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
    private TestStore store;
    private PartId plug;
    private UUID cashSession;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        plug = store.part("BKR6E-11", 10_000);
        cashSession = store.openCashSession(C1).id();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private UUID customer(String name) {
        return done(store.customers.make(
                        store.ids.next(), Map.of(CustomerField.NAME, name, CustomerField.PHONE, "222 555 0147"), MARTA))
                .id();
    }

    /** The hub's word on a customer. */
    private void told(
            UUID customer, long balance, long own, CustomerRow.@Nullable LineRow line, CustomerRow.OpenRow... open) {
        store.publish(
                Stream.CUSTOMERS,
                List.of(new CustomerRow(
                        customer,
                        Map.of("NAME", "Taller Núñez", "PHONE", "2225550147"),
                        customer,
                        balance,
                        own,
                        line,
                        List.of(open),
                        null)));
    }

    private CustomerRow.LineRow line(UUID customer, long limit, long branch, boolean held) {
        CreditLine line =
                new CreditLine(customer, Money.mxn(limit), 30, held, Money.mxn(branch), store.clock.instant());
        return new CustomerRow.LineRow(
                "MXN", limit, 30, held, branch, line.setAt(), line.sign(TestStore.HUB_KEYS.getPrivate()));
    }

    private Ticket ticketFor(@Nullable UUID customer, int plugs) {
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.of(plugs), MARTA));
        return done(store.till.sellTo(ticket.id(), customer, MARTA));
    }

    private static Payment onAccount(long centavos) {
        return new Payment(List.of(new Payment.Offer(Tender.Kind.ON_ACCOUNT, Money.mxn(centavos), "")));
    }

    private Sale soldOnAccount(UUID customer, int plugs) {
        Ticket ticket = ticketFor(customer, plugs);
        return done(store.till.pay(
                ticket.id(),
                ticket.totals().total(),
                onAccount(ticket.totals().total().minor()),
                MARTA,
                RITA));
    }

    private Accounts.Taken paid(UUID customer, Tender.Kind kind, long centavos, UUID... tickets) {
        return done(store.accounts.take(
                store.ids.next(),
                customer,
                C1,
                new Accounts.Payment(
                        kind, Money.mxn(centavos), kind == Tender.Kind.CASH ? "" : "0012", List.of(tickets)),
                MARTA));
    }

    private Account account(UUID customer) {
        return done(store.accounts.account(customer));
    }

    private long sumOfEntries(UUID customer) {
        return store.sales.read(session -> session.first(
                        "select coalesce(sum(amount), 0) as sum from account_entry where customer_id = ?",
                        row -> row.number("sum"),
                        customer)
                .orElseThrow());
    }

    // --- customers

    @Test
    void a_customer_made_offline_is_found_by_any_word_and_by_the_hubs_copy_once_it_answers() {
        UUID id = done(store.customers.make(
                        store.ids.next(),
                        Map.of(
                                CustomerField.NAME, " Taller  Núñez ",
                                CustomerField.PHONE, "(222) 555-0147",
                                CustomerField.RFC, "nuxp800101ab3",
                                CustomerField.VEHICLES, "tsk-45-67 Tsuru rojo"),
                        MARTA))
                .id();

        for (String typed : List.of("nun", "taller nu", "2225550", "0147", "NUXP80", "tsk4567", "núñez 222"))
            assertThat(store.customers.search(typed, 10))
                    .as(typed)
                    .extracting(Customer::id)
                    .containsExactly(id);
        assertThat(store.customers.search("nadie", 10)).isEmpty();
        assertThat(store.customers.search("' or 1=1 --", 10)).isEmpty();
        assertThat(store.customers.search(" ", 10)).isEmpty();

        told(id, 0, 0, null);
        assertThat(store.customers.search("taller", 10))
                .extracting(Customer::id)
                .containsExactly(id);
        assertThat(store.count("customer_word")).isZero();
    }

    @Test
    void a_mended_field_stands_here_until_the_hub_answers_and_others_are_the_hubs() {
        UUID id = customer("Taller Núñez");
        told(id, 0, 0, null);
        UUID act = store.ids.next();
        done(store.customers.mend(
                act, id, Map.of(CustomerField.NOTES, "paga los viernes", CustomerField.PHONE, "2225550147"), MARTA));
        done(store.customers.mend(
                act, id, Map.of(CustomerField.NOTES, "paga los viernes", CustomerField.PHONE, "2225550147"), MARTA));

        told(id, 0, 0, null);

        assertThat(done(store.customers.customer(id)).text(CustomerField.NOTES)).isEqualTo("paga los viernes");
        assertThat(store.count("customer_change")).isEqualTo(2);
    }

    @Test
    void a_field_that_is_wrong_is_refused_by_its_own_name() {
        Map<CustomerField, List<String>> wrong = Map.of(
                CustomerField.NAME, List.of("", "a\u0000b", "x".repeat(121)),
                CustomerField.PHONE, List.of("12", "llame", "9".repeat(40)),
                CustomerField.RFC, List.of("XXX", "NUXP801301AB3"),
                CustomerField.POSTAL_CODE, List.of("7200", "७२०००"),
                CustomerField.VEHICLES, List.of("! Tsuru", "ABC"),
                CustomerField.PRICE_LEVEL, List.of("dos palabras"),
                CustomerField.EMAIL, List.of("sin arroba", "a@"));
        wrong.forEach((field, texts) -> texts.forEach(text -> assertThat(
                        refusal(store.customers.make(store.ids.next(), typed(field, text), MARTA)))
                .as("%s %s", field, text)
                .doesNotStartWith("done")));
        assertThat(store.count("customer_change")).isZero();
    }

    private static Map<CustomerField, String> typed(CustomerField field, String text) {
        Map<CustomerField, String> fields = new java.util.EnumMap<>(Map.of(CustomerField.NAME, "Ana"));
        fields.put(field, text);
        return fields;
    }

    // --- on account

    @Test
    void what_is_left_counts_own_sales_the_hub_has_not_heard_of_and_a_manager_goes_above_it() {
        UUID customer = customer("Taller Núñez");
        assertThat(refusal(store.till.pay(ticketFor(customer, 1).id(), Money.mxn(10_000), onAccount(10_000), MARTA)))
                .isEqualTo("account-none");
        told(customer, 20_000, 0, line(customer, 50_000, 25_000, false));
        assertThat(account(customer).left()).isEqualTo(Money.mxn(25_000));
        assertThat(account(customer).elsewhere()).isEqualTo(Money.mxn(20_000));

        Ticket two = done(
                store.till.add(done(store.till.inHand(C1, MARTA)).id(), store.ids.next(), plug, Quantity.of(1), MARTA));
        Sale sale = done(store.till.pay(two.id(), Money.mxn(20_000), onAccount(20_000), MARTA));
        assertThat(sale.buyer()).isNotNull();
        assertThat(sale.buyer().dueOn()).isEqualTo(sale.businessDay().plusDays(30));
        assertThat(account(customer).left()).isEqualTo(Money.mxn(5_000));

        Ticket more = ticketFor(customer, 1);
        assertThat(refusal(store.till.pay(more.id(), Money.mxn(10_000), onAccount(10_000), MARTA)))
                .isEqualTo("account-needs-approval");
        assertThat(refusal(store.till.pay(more.id(), Money.mxn(10_000), onAccount(10_000), MARTA, MARTA)))
                .isEqualTo("account-needs-manager");
        Sale granted = done(store.till.pay(more.id(), Money.mxn(10_000), onAccount(10_000), MARTA, RITA));
        assertThat(granted.buyer().approvedByName()).isEqualTo(RITA.name());

        told(customer, 50_000, 30_000, line(customer, 50_000, 25_000, true));
        assertThat(account(customer).balance()).isEqualTo(Money.mxn(50_000));
        assertThat(refusal(
                        store.till.pay(ticketFor(customer, 1).id(), Money.mxn(10_000), onAccount(10_000), MARTA, RITA)))
                .isEqualTo("account-held");
    }

    @Test
    void a_line_that_the_hub_did_not_sign_is_none() {
        UUID customer = customer("Taller Núñez");
        CustomerRow.LineRow signed = line(customer, 50_000, 25_000, false);
        told(
                customer,
                0,
                0,
                new CustomerRow.LineRow("MXN", 90_000, 30, false, 25_000, signed.setAt(), signed.signature()));
        assertThat(account(customer).line()).isNull();
    }

    @Test
    void a_sale_to_a_new_customer_waits_at_the_hub_for_the_customers_document() {
        UUID customer = customer("Ana");
        Ticket ticket = ticketFor(customer, 1);
        done(store.till.pay(ticket.id(), Money.mxn(10_000), cash(10_000), MARTA));

        List<Document> documents = store.outbox.after(0, 500, 10_000_000);
        Document sale = documents.getLast();
        Document made = documents.get(documents.size() - 2);
        assertThat(made.envelope().type()).isEqualTo("customer-changed");
        assertThat(sale.envelope().after()).containsExactly(made.id());
    }

    // --- payments

    @Test
    void a_payment_goes_to_the_chosen_ticket_first_and_then_to_the_oldest_and_is_in_the_z() {
        UUID customer = customer("Taller Núñez");
        told(customer, 0, 0, line(customer, 100_000, 100_000, false));
        Sale first = soldOnAccount(customer, 1);
        Sale second = soldOnAccount(customer, 2);
        Sale third = soldOnAccount(customer, 3);

        Accounts.Taken taken = paid(customer, Tender.Kind.CASH, 35_000, third.id());
        assertThat(taken.number()).isEqualTo("C1-A000001");
        assertThat(taken.applied()).extracting(one -> one.amount().minor()).containsExactly(30_000L, 5_000L);
        assertThat(account(customer).open())
                .extracting(Account.Open::id, open -> open.left().minor())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(first.id(), 5_000L),
                        org.assertj.core.groups.Tuple.tuple(second.id(), 20_000L));
        assertThat(refusal(store.accounts.take(
                        store.ids.next(),
                        customer,
                        C1,
                        new Accounts.Payment(Tender.Kind.CASH, Money.mxn(25_001), "", List.of()),
                        MARTA)))
                .isEqualTo("account-over");

        CashReport x = done(store.cash.x(cashSession));
        CashReport.TenderLine cash = x.tenders().getFirst();
        assertThat(x.accountPayments(cash)).isEqualTo(Money.mxn(35_000));
        assertThat(cash.expected()).isEqualTo(Money.mxn(85_000));
        assertThat(x.tenders()).anySatisfy(line -> {
            assertThat(line.tender()).isEqualTo(Tender.Kind.ON_ACCOUNT);
            assertThat(line.sold()).isEqualTo(Money.mxn(60_000));
        });
    }

    @Test
    void the_paper_of_the_day_lists_what_customers_paid_on_their_accounts() {
        UUID customer = customer("Taller Núñez");
        told(customer, 0, 0, line(customer, 100_000, 100_000, false));
        soldOnAccount(customer, 2);
        paid(customer, Tender.Kind.CHEQUE, 12_345);
        done(store.cash.printDay(done(store.cash.today()), RITA));
        String paper = store.sales.read(session -> session.first(
                        "select content from print_page order by rowid desc limit 1", row -> row.text("content"))
                .orElseThrow());
        assertThat(paper).contains("CORTE GENERAL", "ABONOS A CUENTA", "$123.45");
    }

    @Test
    void the_same_payment_again_is_one_payment() {
        UUID customer = customer("Taller Núñez");
        told(customer, 0, 0, line(customer, 100_000, 100_000, false));
        soldOnAccount(customer, 2);
        UUID act = store.ids.next();
        Accounts.Payment payment = new Accounts.Payment(Tender.Kind.TRANSFER, Money.mxn(5_000), "778", List.of());
        Accounts.Taken once = done(store.accounts.take(act, customer, C1, payment, MARTA));
        assertThat(done(store.accounts.take(act, customer, C1, payment, MARTA))).isEqualTo(once);
        assertThat(account(customer).balance()).isEqualTo(Money.mxn(15_000));
    }

    @Test
    void a_cheque_that_comes_back_is_owed_again_with_its_cost_and_only_once() {
        UUID customer = customer("Taller Núñez");
        told(customer, 0, 0, line(customer, 100_000, 100_000, false));
        Sale sale = soldOnAccount(customer, 2);
        Accounts.Taken cheque = paid(customer, Tender.Kind.CHEQUE, 20_000);
        assertThat(account(customer).open()).isEmpty();
        UUID act = store.ids.next();

        assertThat(refusal(store.accounts.bounce(act, cheque.id(), Money.mxn(3_000), "", MARTA)))
                .isEqualTo("account-needs-manager");
        assertThat(refusal(store.accounts.bounce(act, cheque.id(), Money.mxn(20_001), "", RITA)))
                .isEqualTo("account-fee");
        Account after = done(store.accounts.bounce(act, cheque.id(), Money.mxn(3_000), "sin fondos", RITA));
        assertThat(done(store.accounts.bounce(act, cheque.id(), Money.mxn(3_000), "sin fondos", RITA))
                        .balance())
                .isEqualTo(after.balance())
                .isEqualTo(Money.mxn(23_000));
        assertThat(after.open()).extracting(open -> open.left().minor()).containsExactlyInAnyOrder(20_000L, 3_000L);
        assertThat(after.open()).extracting(Account.Open::id).contains(sale.id());
        assertThat(refusal(store.accounts.bounce(store.ids.next(), cheque.id(), Money.mxn(0), "", RITA)))
                .isEqualTo("cheque-bounced-already");
    }

    @Test
    void what_another_branch_was_paid_is_not_asked_for_again() {
        UUID customer = customer("Taller Núñez");
        told(customer, 0, 0, line(customer, 100_000, 100_000, false));
        Sale sale = soldOnAccount(customer, 2);
        UUID other = UUID.randomUUID();
        LocalDate day = sale.businessDay();
        told(
                customer,
                25_000,
                20_000,
                line(customer, 100_000, 100_000, false),
                new CustomerRow.OpenRow(sale.id(), "C1-000001", "CEN", true, day, day.plusDays(30), 20_000, 15_000, 0),
                new CustomerRow.OpenRow(other, "N1-000009", "NTE", false, day, day.plusDays(30), 20_000, 0, 0));

        assertThat(account(customer).open())
                .extracting(Account.Open::id, open -> open.left().minor())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(sale.id(), 5_000L),
                        org.assertj.core.groups.Tuple.tuple(other, 20_000L));
        paid(customer, Tender.Kind.CASH, 25_000);
        assertThat(account(customer).balance().isZero()).isTrue();
        assertThat(account(customer).open()).isEmpty();
    }

    @Test
    void the_ageing_counts_from_the_day_a_ticket_was_due() {
        UUID customer = customer("Taller Núñez");
        told(customer, 0, 0, line(customer, 100_000, 100_000, false));
        Sale sale = soldOnAccount(customer, 1);
        LocalDate due = sale.businessDay().plusDays(30);
        long[] days = {0, 1, 30, 31, 60, 61, 90, 91};
        int[] bucket = {0, 1, 1, 2, 2, 3, 3, 4};
        for (int i = 0; i < days.length; i++) {
            Account.Ageing a = account(customer).ageing(due.plusDays(days[i]));
            List<Money> sums = List.of(a.notDue(), a.upTo30(), a.upTo60(), a.upTo90(), a.above90());
            for (int b = 0; b < sums.size(); b++)
                assertThat(sums.get(b)).isEqualTo(Money.mxn(b == bucket[i] ? 10_000 : 0));
        }
        done(store.accounts.printStatement(customer, C1, MARTA));
    }

    @Test
    void the_statement_of_a_customer_without_movements_says_so() {
        done(store.accounts.printStatement(customer("Ángel Núñez"), C1, MARTA));

        String paper = store.sales.read(session -> session.first(
                        "select content from print_page order by rowid desc limit 1", row -> row.text("content"))
                .orElseThrow());
        assertThat(paper).contains("MOVIMIENTOS EN ESTA SUCURSAL", "Sin movimientos", "Sin tickets pendientes");
    }

    // --- returns

    @Test
    void what_was_sold_on_account_goes_back_to_it_first() {
        UUID customer = customer("Taller Núñez");
        told(customer, 0, 0, line(customer, 100_000, 100_000, false));
        Sale sale = soldOnAccount(customer, 3);
        paid(customer, Tender.Kind.CASH, 15_000);
        Ticket back = done(store.returns.bringBack(
                done(store.till.inHand(C1, MARTA)).id(),
                store.ids.next(),
                sale.id(),
                sale.lines().getFirst().id(),
                Quantity.of(2),
                ReturnOf.Reason.NOT_NEEDED,
                MARTA,
                RITA));
        assertThat(back.buyer().id()).isEqualTo(customer);

        assertThat(refusal(store.till.pay(back.id(), Money.mxn(-20_000), cash(20_000), MARTA)))
                .isEqualTo("return-to-account-first");
        done(store.till.sellTo(back.id(), null, MARTA));
        assertThat(refusal(store.till.pay(back.id(), Money.mxn(-20_000), cash(20_000), MARTA)))
                .isEqualTo("return-other-customer");
        done(store.till.sellTo(back.id(), customer, MARTA));

        Sale refund = done(store.till.pay(back.id(), Money.mxn(-20_000), new Payment(List.of()), MARTA));
        assertThat(refund.tenders())
                .extracting(Tender::kind, tender -> tender.amount().minor())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Tender.Kind.ON_ACCOUNT, -15_000L),
                        org.assertj.core.groups.Tuple.tuple(Tender.Kind.CASH, -5_000L));
        assertThat(account(customer).open()).isEmpty();
        assertThat(account(customer).balance().isZero()).isTrue();
    }

    @Test
    void what_is_paid_back_in_cash_beside_the_account_is_rounded_like_all_cash() {
        UUID customer = customer("Taller Núñez");
        told(customer, 0, 0, line(customer, 100_000, 100_000, false));
        store.tenders("2026-03-01", "18.50", 50);
        Sale sale = soldOnAccount(customer, 3);
        paid(customer, Tender.Kind.TRANSFER, 15_030);
        Ticket back = back(sale, 2);
        assertThat(done(store.till.givenBack(back.id())).offers())
                .extracting(Payment.Offer::kind, offer -> offer.given().minor())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Tender.Kind.ON_ACCOUNT, 14_970L),
                        org.assertj.core.groups.Tuple.tuple(Tender.Kind.CASH, 5_050L));

        Sale refund = done(store.till.pay(back.id(), Money.mxn(-20_000), new Payment(List.of()), MARTA));

        assertThat(refund.tenders())
                .extracting(Tender::kind, tender -> tender.amount().minor())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Tender.Kind.ON_ACCOUNT, -14_970L),
                        org.assertj.core.groups.Tuple.tuple(Tender.Kind.CASH, -5_050L),
                        org.assertj.core.groups.Tuple.tuple(Tender.Kind.ROUNDING, 20L));
    }

    @Test
    void less_than_a_coin_beside_the_account_is_handed_to_nobody() {
        UUID customer = customer("Taller Núñez");
        told(customer, 0, 0, line(customer, 100_000, 100_000, false));
        store.tenders("2026-03-01", "18.50", 50);
        Sale sale = soldOnAccount(customer, 1);
        paid(customer, Tender.Kind.TRANSFER, 20);
        Ticket back = back(sale, 1);

        Sale refund = done(store.till.pay(back.id(), Money.mxn(-10_000), new Payment(List.of()), MARTA));

        assertThat(refund.tenders())
                .extracting(Tender::kind, tender -> tender.amount().minor())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Tender.Kind.ON_ACCOUNT, -9_980L),
                        org.assertj.core.groups.Tuple.tuple(Tender.Kind.ROUNDING, -20L));
    }

    private Ticket back(Sale sale, int pieces) {
        return done(store.returns.bringBack(
                done(store.till.inHand(C1, MARTA)).id(),
                store.ids.next(),
                sale.id(),
                sale.lines().getFirst().id(),
                Quantity.of(pieces),
                ReturnOf.Reason.NOT_NEEDED,
                MARTA,
                RITA));
    }

    // --- what must hold

    @Test
    void after_any_day_the_balance_is_the_sum_of_the_entries_and_of_what_is_open() {
        UUID customer = customer("Taller Núñez");
        told(customer, 0, 0, line(customer, 100_000_000, 100_000_000, false));
        Random random = new Random(20261121);
        List<UUID> cheques = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            store.clock.advance(Duration.ofMinutes(7));
            Account before = account(customer);
            switch (random.nextInt(4)) {
                case 0, 1 -> soldOnAccount(customer, 1 + random.nextInt(5));
                case 2 -> {
                    if (before.balance().minor() <= 0) continue;
                    Tender.Kind kind = random.nextBoolean() ? Tender.Kind.CASH : Tender.Kind.CHEQUE;
                    Accounts.Taken taken = paid(
                            customer, kind, 1 + random.nextLong(before.balance().minor()));
                    if (kind == Tender.Kind.CHEQUE) cheques.add(taken.id());
                }
                default -> {
                    if (cheques.isEmpty()) continue;
                    UUID cheque = cheques.remove(random.nextInt(cheques.size()));
                    done(store.accounts.bounce(store.ids.next(), cheque, Money.mxn(0), "", RITA));
                }
            }
            Account now = account(customer);
            assertThat(now.balance().minor()).isEqualTo(sumOfEntries(customer));
            assertThat(now.open().stream()
                            .mapToLong(open -> open.left().minor())
                            .sum())
                    .isEqualTo(now.balance().minor());
        }
    }
}
