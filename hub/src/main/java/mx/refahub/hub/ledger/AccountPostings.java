package mx.refahub.hub.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.customer.Account;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.AccountPaymentBody;
import mx.refahub.domain.wire.ChequeBouncedBody;
import mx.refahub.domain.wire.CustomerChangedBody;
import mx.refahub.hub.stream.Publications;
import tools.jackson.databind.json.JsonMapper;

/** What branches tell of customers: who they are, and what they pay. All of it comes under the customer's key, each branch's in its order. */
final class AccountPostings {
    private AccountPostings() {}

    static List<Posting> all(AccountBook book, AccountTable table, Publications publications, Bodies bodies) {
        return List.of(
                new Changed(table, publications, bodies, JsonMapper.builder().build()),
                new Paid(book, bodies),
                new Bounced(book, table, bodies));
    }

    private static void check(Posting.Landed document, UUID store) {
        if (!store.equals(document.store().value()))
            throw Failure.rejected("the document names another store than the one that sent it");
    }

    /** Merged by field: of two changes of one field the one that the hub received later stands. Both stay in the timeline. */
    private record Changed(AccountTable table, Publications publications, Bodies bodies, JsonMapper json)
            implements Posting {
        @Override
        public String type() {
            return DocumentType.CUSTOMER_CHANGED;
        }

        @Override
        public int schema() {
            return DocumentType.CUSTOMER_CHANGED_SCHEMA;
        }

        @Override
        public List<String> post(Landed document) {
            CustomerChangedBody change = bodies.read(document, CustomerChangedBody.class);
            check(document, change.store());
            long version = publications.raise(Stream.CUSTOMERS);
            String name =
                    change.fields().getOrDefault(CustomerField.NAME.name(), "").strip();
            if (!name.isEmpty()) table.stub(change.customer(), name, "", change.at(), change.store());
            if (table.lock(change.customer()) == null)
                throw Failure.rejected("customer " + change.customer() + " is not known, and the change gives no name");
            Customer present = customer(change.customer(), table.fields(change.customer()));
            Instant receivedAt = table.landedAt(document.id());
            Map<String, String> before = new TreeMap<>();
            List<String> odd = new ArrayList<>();
            Map<CustomerField, String> wins = new EnumMap<>(CustomerField.class);
            Set<String> later = new HashSet<>(table.toldLater(change.customer(), receivedAt));
            for (CustomerField field : CustomerField.values()) {
                String text = change.fields().get(field.name());
                if (text == null) continue;
                before.put(field.name(), change.made() && later.isEmpty() ? "" : present.text(field));
                switch (field.typed(text)) {
                    case Outcome.Refused<String>(var refusal) -> odd.add(field + " is not taken: " + refusal.code());
                    case Outcome.Done<String>(String value) -> {
                        if (!later.contains(field.name())) wins.put(field, value);
                    }
                }
            }
            int fresh = table.insertChange(
                    change.id(),
                    change.customer(),
                    change.store(),
                    json.writeValueAsString(new TreeMap<>(change.fields())),
                    json.writeValueAsString(before),
                    change.at(),
                    receivedAt,
                    change.by(),
                    change.byName(),
                    document.id());
            if (fresh == 0)
                throw Failure.rejected(
                        "customer change " + change.id() + " stands in the timeline already, from another document");
            Customer merged = present.with(wins);
            table.mend(change.customer(), row(merged), String.join(" ", merged.words()), version);
            return odd;
        }
    }

    private static Customer customer(UUID id, AccountTable.FieldRow row) {
        Map<CustomerField, String> fields = new EnumMap<>(CustomerField.class);
        fields.put(CustomerField.NAME, row.name());
        fields.put(CustomerField.PHONE, row.phone());
        fields.put(CustomerField.EMAIL, row.email());
        fields.put(CustomerField.RFC, row.rfc());
        fields.put(CustomerField.FISCAL_NAME, row.fiscalName());
        fields.put(CustomerField.POSTAL_CODE, row.postalCode());
        fields.put(CustomerField.REGIME, row.regime());
        fields.put(CustomerField.TAX_USE, row.taxUse());
        fields.put(CustomerField.VEHICLES, row.vehicles());
        fields.put(CustomerField.PRICE_LEVEL, row.priceLevel());
        fields.put(CustomerField.NOTES, row.notes());
        return new Customer(id, fields);
    }

    private static AccountTable.FieldRow row(Customer customer) {
        return new AccountTable.FieldRow(
                customer.name(),
                customer.text(CustomerField.PHONE),
                customer.text(CustomerField.EMAIL),
                customer.text(CustomerField.RFC),
                customer.text(CustomerField.FISCAL_NAME),
                customer.text(CustomerField.POSTAL_CODE),
                customer.text(CustomerField.REGIME),
                customer.text(CustomerField.TAX_USE),
                customer.text(CustomerField.VEHICLES),
                customer.text(CustomerField.PRICE_LEVEL),
                customer.text(CustomerField.NOTES));
    }

    private record Paid(AccountBook book, Bodies bodies) implements Posting {
        @Override
        public String type() {
            return DocumentType.ACCOUNT_PAYMENT;
        }

        @Override
        public int schema() {
            return DocumentType.ACCOUNT_PAYMENT_SCHEMA;
        }

        @Override
        public List<String> post(Landed document) {
            AccountPaymentBody paid = bodies.read(document, AccountPaymentBody.class);
            check(document, paid.store());
            if (paid.amount() <= 0) throw Failure.rejected("a payment of " + paid.amount());
            List<String> odd = new ArrayList<>();
            long applied = paid.applied().stream()
                    .mapToLong(AccountPaymentBody.AppliedBody::amount)
                    .sum();
            if (applied > paid.amount()) odd.add("pays " + applied + " with " + paid.amount());
            odd.addAll(book.enter(
                    new AccountTable.NewEntry(
                            paid.id(),
                            paid.customer(),
                            paid.store(),
                            Account.Kind.PAYMENT.name(),
                            paid.currency(),
                            -paid.amount(),
                            paid.at(),
                            paid.businessDay(),
                            null,
                            paid.number(),
                            paid.kind(),
                            paid.cashSession(),
                            paid.reference(),
                            paid.byName()),
                    paid.customerName(),
                    paid.applied().stream()
                            .map(AccountPaymentBody.AppliedBody::charge)
                            .toArray(UUID[]::new),
                    paid.applied().stream()
                            .map(AccountPaymentBody.AppliedBody::amount)
                            .toArray(Long[]::new),
                    document.id()));
            return odd;
        }
    }

    private record Bounced(AccountBook book, AccountTable table, Bodies bodies) implements Posting {
        @Override
        public String type() {
            return DocumentType.CHEQUE_BOUNCED;
        }

        @Override
        public int schema() {
            return DocumentType.CHEQUE_BOUNCED_SCHEMA;
        }

        @Override
        public List<String> post(Landed document) {
            ChequeBouncedBody body = bodies.read(document, ChequeBouncedBody.class);
            check(document, body.store());
            AccountTable.PaidRow paid = table.payment(body.payment());
            if (paid == null
                    || !paid.customerId().equals(body.customer())
                    || !paid.storeId().equals(body.store()))
                throw Failure.rejected("payment " + body.payment() + " of this customer is not in the ledger");
            List<String> odd = new ArrayList<>();
            if (!paid.tender().equals(Tender.Kind.CHEQUE.name())) odd.add("the payment was no cheque");
            if (paid.amount() != body.amount()) odd.add("bounces " + body.amount() + " of " + paid.amount());
            if (paid.bounced()) throw Failure.rejected("the cheque of payment " + body.number() + " bounced already");
            odd.addAll(book.enter(
                    new AccountTable.NewEntry(
                            body.id(),
                            body.customer(),
                            body.store(),
                            Account.Kind.BOUNCED.name(),
                            body.currency(),
                            body.amount(),
                            body.at(),
                            body.businessDay(),
                            null,
                            body.number(),
                            null,
                            null,
                            body.note(),
                            body.byName()),
                    body.customerName(),
                    new UUID[0],
                    new Long[0],
                    document.id()));
            table.unapply(body.id(), body.payment());
            table.bounce(body.payment(), body.at());
            UUID feeCharge = body.feeCharge();
            if (feeCharge != null && body.fee() > 0)
                odd.addAll(book.enter(
                        new AccountTable.NewEntry(
                                feeCharge,
                                body.customer(),
                                body.store(),
                                Account.Kind.FEE.name(),
                                body.currency(),
                                body.fee(),
                                body.at(),
                                body.businessDay(),
                                body.businessDay(),
                                body.number(),
                                null,
                                null,
                                body.note(),
                                body.byName()),
                        body.customerName(),
                        new UUID[0],
                        new Long[0],
                        document.id()));
            return odd;
        }
    }
}
