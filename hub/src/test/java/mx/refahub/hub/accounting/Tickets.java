package mx.refahub.hub.accounting;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.erp.AccountMap;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.AccountPaymentBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A branch that sells, in the accountant's words. */
final class Tickets {
    static final Person ELENA = new Person(new UserId(UUID.randomUUID()), "Elena Ruiz", Role.ACCOUNTANT);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Runs of jobs that are not there. */
    private static final AtomicLong RUNS = new AtomicLong(9_000_000);

    final TestShop shop = TestShop.open();

    static long run() {
        return RUNS.incrementAndGet();
    }

    /** Every role that any ticket of the ledger needs gets an account. */
    static void mapEverything(ErpTarget target) {
        AccountMap map = TestHub.bean(AccountMap.class);
        List<AccountMap.Row> rows = new ArrayList<>();
        int number = 0;
        for (AccountMap.Needed needed : map.of(target).needed())
            rows.add(new AccountMap.Row(
                    needed.role(),
                    needed.kind(),
                    null,
                    "401-%02d-00".formatted(++number),
                    needed.role() + " " + needed.kind(),
                    "401.01"));
        TestShop.done(map.put(target, rows, List.of(), ELENA));
    }

    Sale sold(String day) {
        Sale sale = shop.cashSaleOf(UUID.randomUUID(), 2);
        land(day, SaleBody.of(sale), json -> {});
        return sale;
    }

    /** Half by card, half in cash. */
    void soldMixed(String day) {
        land(day, SaleBody.of(shop.cashSaleOf(UUID.randomUUID(), 1)), json -> {
            ObjectNode cash = (ObjectNode) json.withArray("tenders").get(0);
            long whole = cash.path("amount").asLong();
            ObjectNode card = cash.deepCopy();
            card.put("id", UUID.randomUUID().toString())
                    .put("kind", "CREDIT_CARD")
                    .put("satPaymentForm", "04")
                    .put("amount", 10_000)
                    .put("received", 10_000)
                    .put("reference", "A1");
            cash.put("amount", whole - 10_000);
            json.withArray("tenders").add(card);
        });
    }

    /** Owed by a customer; no money yet. */
    void soldOnAccount(String day) {
        land(day, SaleBody.of(shop.cashSaleOf(UUID.randomUUID(), 1)), json -> {
            UUID customer = UUID.randomUUID();
            json.set(
                    "buyer",
                    JSON.valueToTree(new SaleBody.BuyerBody(
                            customer, "Taller Núñez", LocalDate.parse(day).plusDays(30), null, null, List.of())));
            ObjectNode tender = (ObjectNode) json.withArray("tenders").get(0);
            tender.put("kind", "ON_ACCOUNT")
                    .put("satPaymentForm", "99")
                    .put("received", tender.path("amount").asLong());
        });
    }

    /** A payment on account, of which this pays that ticket. */
    void paidOnAccount(LocalDate day, UUID customer, String kind, long amount, UUID charge, long pays) {
        Document document = shop.write(
                customer.toString(),
                DocumentType.ACCOUNT_PAYMENT,
                new AccountPaymentBody(
                        UUID.randomUUID(),
                        shop.id.value(),
                        customer,
                        "Taller Núñez",
                        shop.register().value(),
                        UUID.randomUUID(),
                        "P-1",
                        kind,
                        "01",
                        "MXN",
                        amount,
                        "",
                        List.of(new AccountPaymentBody.AppliedBody(charge, "C1-000001", pays)),
                        0,
                        day.atTime(21, 0).toInstant(ZoneOffset.UTC),
                        day,
                        UUID.randomUUID(),
                        "Marta"));
        TestHub.bean(Intake.class).land(shop.id, TestShop.frame(document));
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // until nothing is left
        }
    }

    /** 250 dollars at 17.356, to the centavo what the ticket costs. */
    void soldForDollars(String day) {
        land(
                day,
                SaleBody.of(shop.cashSaleOf(UUID.randomUUID(), 1)),
                json -> ((ObjectNode) json.withArray("tenders").get(0))
                        .put("kind", "CASH_USD")
                        .put("received", 433_900)
                        .put("foreignCurrency", "USD")
                        .put("foreignGiven", 25_000L)
                        .put("foreignRate", "17.3560"));
    }

    /** The whole of that sale comes back, deposit and all, and its money with it. */
    void cancelled(String day, Sale sale) {
        land(day, SaleBody.of(sale), json -> {
            String of = json.path("id").asString();
            for (var each : json.withArray("lines")) {
                ObjectNode line = (ObjectNode) each;
                boolean core = line.path("kind").asString().equals("CORE_DEPOSIT");
                for (String field : List.of("quantity", "net", "discount", "base", "tax", "total"))
                    line.put(field, -line.path(field).asLong());
                line.put("kind", core ? "CORE_RETURN" : "RETURN")
                        .put("returnSale", of)
                        .put("returnLine", line.path("id").asString())
                        .put("returnFolio", "C1-000001")
                        .put("returnReason", "WRONG_PART")
                        .put("id", UUID.randomUUID().toString());
            }
            json.put("id", UUID.randomUUID().toString())
                    .put(
                            "invoiceCode",
                            shop.cashSaleOf(UUID.randomUUID(), 1).invoiceCode().value())
                    .put("folioNumber", json.path("folioNumber").asLong() + 200_000);
            ObjectNode totals = (ObjectNode) json.path("totals");
            for (String field : List.of("net", "discount", "tax", "cores", "savings", "total"))
                totals.put(field, -totals.path(field).asLong());
            ObjectNode tender = (ObjectNode) json.withArray("tenders").get(0);
            tender.put("id", UUID.randomUUID().toString())
                    .put("amount", -tender.path("amount").asLong())
                    .put("received", tender.path("amount").asLong());
        });
    }

    Sale soldOne(String day) {
        Sale sale = shop.cashSaleOf(UUID.randomUUID(), 1);
        land(day, SaleBody.of(sale), json -> {});
        return sale;
    }

    /** A ticket whose tenders say one peso more than its lines: flagged by the ledger, and kept. */
    void soldOneOff(String day) {
        land(day, SaleBody.of(shop.cashSaleOf(UUID.randomUUID(), 1)), json -> {
            ObjectNode cash = (ObjectNode) json.withArray("tenders").get(0);
            cash.put("amount", cash.path("amount").asLong() + 100);
        });
    }

    /** The first line of that sale comes back and its money with it. */
    void broughtBack(String day, Sale sale) {
        land(day, SaleBody.of(sale), json -> {
            ObjectNode line =
                    (ObjectNode) StreamSupport.stream(json.withArray("lines").spliterator(), false)
                            .findFirst()
                            .orElseThrow()
                            .deepCopy();
            String soldLine = line.path("id").asString();
            for (String field : List.of("quantity", "net", "discount", "base", "tax", "total"))
                line.put(field, -line.path(field).asLong());
            line.put("id", UUID.randomUUID().toString())
                    .put("kind", "RETURN")
                    .put("returnSale", json.path("id").asString())
                    .put("returnLine", soldLine)
                    .put("returnFolio", "C1-000001")
                    .put("returnReason", "WRONG_PART");
            json.withArray("lines").removeAll().add(line);
            json.put("id", UUID.randomUUID().toString())
                    .put(
                            "invoiceCode",
                            shop.cashSaleOf(UUID.randomUUID(), 1).invoiceCode().value())
                    .put("folioNumber", json.path("folioNumber").asLong() + 100_000);
            ((ObjectNode) json.path("totals"))
                    .put("net", line.path("net").asLong())
                    .put("discount", 0)
                    .put("tax", line.path("tax").asLong())
                    .put("cores", 0)
                    .put("savings", 0)
                    .put("total", line.path("total").asLong());
            ((ObjectNode) json.withArray("tenders").get(0))
                    .put("id", UUID.randomUUID().toString())
                    .put("amount", line.path("total").asLong())
                    .put("received", line.path("total").asLong());
        });
    }

    private void land(String day, SaleBody body, Consumer<ObjectNode> change) {
        ObjectNode json = (ObjectNode) JSON.readTree(JSON.writeValueAsString(body));
        json.put("businessDay", day);
        change.accept(json);
        Document document = shop.writeRaw("sale:" + json.path("id").asString(), DocumentType.SALE, 2, json.toString());
        TestHub.bean(Intake.class).land(shop.id, TestShop.frame(document));
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // until nothing is left
        }
    }

    String code() {
        return TestHub.sql()
                .sql("select code from store where id = ?")
                .param(shop.id.value())
                .query(String.class)
                .single();
    }
}
