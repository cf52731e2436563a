package mx.refahub.hub.ledger;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.notice.Audience;
import mx.refahub.domain.notice.Language;
import mx.refahub.domain.notice.NoticeEvent;
import mx.refahub.domain.notice.Telling;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.wire.PromiseChangedBody;
import mx.refahub.domain.wire.PromiseMadeBody;
import mx.refahub.domain.wire.PromisePaymentBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.credit.CreditLedger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What branches promise, and the deposits that they hold for it. All of a promise comes under its key, in its order; its sale waits for it. */
final class PromisePostings {
    private PromisePostings() {}

    static List<Posting> all(PromiseTable table, CreditLedger credits, Telling telling, Clock clock, Bodies bodies) {
        return List.of(
                new Made(table, bodies, JsonMapper.builder().build()),
                new Paid(table, credits, bodies),
                new Changed(table, credits, telling, clock, bodies));
    }

    private static PromiseTable.Head lock(PromiseTable table, Posting.Landed document, UUID store, UUID promise) {
        check(document, store);
        PromiseTable.Head head = table.lock(promise);
        if (head == null || !head.storeId().equals(store))
            throw Failure.rejected("promise " + promise + " of this store is not in the ledger");
        return head;
    }

    private static void check(Posting.Landed document, UUID store) {
        if (!store.equals(document.store().value()))
            throw Failure.rejected("the document names another store than the one that sent it");
    }

    private static void enter(PromiseTable table, PromiseTable.NewEntry entry, UUID document) {
        if (table.insertEntry(entry, document) == 0)
            throw Failure.rejected(
                    "promise entry " + entry.id() + " stands in the ledger already, from another document");
    }

    /** What a sale does to the promise that it keeps, in the sale's own transaction. */
    static List<String> sale(PromiseTable table, SaleBody sale, UUID document) {
        SaleBody.PromiseBody promise = sale.promise();
        long applied = sale.tenders().stream()
                .filter(tender -> tender.kind().equals(Tender.Kind.DEPOSIT.name()))
                .mapToLong(SaleBody.TenderBody::amount)
                .sum();
        if (promise == null) return applied == 0 ? List.of() : List.of(applied + " paid by a deposit of no promise");
        PromiseTable.Head head = table.lock(promise.id());
        if (head == null || !head.storeId().equals(sale.store()))
            return List.of("sells promise " + promise.number() + ", which this hub does not know of that store");
        List<String> odd = new ArrayList<>();
        if (applied != promise.deposit())
            odd.add("tenders apply " + applied + " of a deposit, the promise says " + promise.deposit());
        long held = table.held(promise.id());
        if (held != applied) odd.add("applies a deposit of " + applied + " where " + held + " is held");
        if (head.closedAt() != null) odd.add("promise " + head.number() + " was sold or cancelled before");
        if (applied != 0)
            enter(
                    table,
                    new PromiseTable.NewEntry(
                            sale.id(),
                            promise.id(),
                            sale.store(),
                            "APPLIED",
                            sale.currency(),
                            -applied,
                            null,
                            null,
                            sale.folioPrefix() + "-" + String.format(Locale.ROOT, "%06d", sale.folioNumber()),
                            sale.soldAt(),
                            sale.businessDay(),
                            sale.cashierName(),
                            null),
                    document);
        table.close(promise.id(), sale.soldAt(), "SOLD", sale.id());
        return odd;
    }

    private record Made(PromiseTable table, Bodies bodies, JsonMapper json) implements Posting {
        @Override
        public String type() {
            return DocumentType.PROMISE_MADE;
        }

        @Override
        public int schema() {
            return DocumentType.PROMISE_MADE_SCHEMA;
        }

        @Override
        public List<String> post(Landed document) {
            PromiseMadeBody made = bodies.read(document, PromiseMadeBody.class);
            check(document, made.store());
            if (made.lines().isEmpty()) throw Failure.rejected("a promise of nothing");
            if (table.insert(made, json.writeValueAsString(made.plan()), document.id()) == 0)
                throw Failure.rejected("promise " + made.id() + " stands in the ledger already, from another document");
            table.insertLines(made.id(), made.lines());
            long lines =
                    made.lines().stream().mapToLong(SaleBody.LineBody::total).sum();
            return lines == made.totals().total()
                    ? List.of()
                    : List.of("lines come to " + lines + ", the promise says "
                            + made.totals().total());
        }
    }

    private record Paid(PromiseTable table, CreditLedger credits, Bodies bodies) implements Posting {
        @Override
        public String type() {
            return DocumentType.PROMISE_PAYMENT;
        }

        @Override
        public int schema() {
            return DocumentType.PROMISE_PAYMENT_SCHEMA;
        }

        @Override
        public List<String> post(Landed document) {
            PromisePaymentBody paid = bodies.read(document, PromisePaymentBody.class);
            if (paid.amount() <= 0) throw Failure.rejected("a deposit of " + paid.amount());
            PromiseTable.Head head = lock(table, document, paid.store(), paid.promise());
            List<String> odd = new ArrayList<>();
            long held = table.held(paid.promise());
            if (held != paid.heldBefore())
                odd.add("the store held " + paid.heldBefore() + " before it, the ledger " + held);
            if (held + paid.amount() > head.total())
                odd.add("more is held than the promise comes to: " + (held + paid.amount()) + " of " + head.total());
            if (head.closedAt() != null) odd.add("promise " + head.number() + " was sold or cancelled before");
            enter(
                    table,
                    new PromiseTable.NewEntry(
                            paid.id(),
                            paid.promise(),
                            paid.store(),
                            "TAKEN",
                            paid.currency(),
                            paid.amount(),
                            paid.kind(),
                            paid.cashSession(),
                            paid.number(),
                            paid.at(),
                            paid.businessDay(),
                            paid.byName(),
                            paid.foreign()),
                    document.id());
            dollars(paid, odd);
            PromisePaymentBody.SlipBody slip = paid.credit();
            odd.addAll(credits.deposit(
                    paid.id(),
                    paid.store(),
                    paid.promise(),
                    paid.kind(),
                    paid.amount(),
                    slip == null ? null : slip.proof(),
                    paid.at()));
            return odd;
        }

        /** What was handed over is worth what is held for it. */
        private static void dollars(PromisePaymentBody paid, List<String> odd) {
            PromisePaymentBody.ForeignBody foreign = paid.foreign();
            if (paid.kind().equals(Tender.Kind.CASH_USD.name()) != (foreign != null)) {
                odd.add("a deposit by " + paid.kind() + (foreign == null ? " without its dollars" : " of dollars"));
                return;
            }
            if (foreign == null) return;
            try {
                long worth = new Tender.Foreign(
                                new Money(foreign.given(), Currency.getInstance(foreign.currency())),
                                new BigDecimal(foreign.rate()))
                        .worth()
                        .minor();
                if (worth != paid.amount())
                    odd.add("dollars are worth " + worth + ", the deposit says " + paid.amount());
            } catch (IllegalArgumentException e) {
                throw Failure.rejected("a deposit in a currency or at a rate that is none");
            }
        }
    }

    private record Changed(PromiseTable table, CreditLedger credits, Telling telling, Clock clock, Bodies bodies)
            implements Posting {
        /** What came before may have been fetched since, in documents that are still at the branch. */
        private static final Duration NEWS = Duration.ofHours(12);

        @Override
        public String type() {
            return DocumentType.PROMISE_CHANGED;
        }

        @Override
        public int schema() {
            return DocumentType.PROMISE_CHANGED_SCHEMA;
        }

        @Override
        public List<String> post(Landed document) {
            PromiseChangedBody change = bodies.read(document, PromiseChangedBody.class);
            PromiseTable.Head head = lock(table, document, change.store(), change.promise());
            switch (change.change()) {
                case "ARRIVED" -> {
                    boolean first = table.arrived(head.id(), change.at()) == 1;
                    if (first && change.at().isAfter(clock.instant().minus(NEWS)) && !table.moreWaits(document.id()))
                        ready(head);
                }
                case "TOLD" -> table.told(head.id(), change.at());
                case "CANCELLED" -> {
                    return cancelled(document, change, head);
                }
                default -> throw Failure.rejected("a change of the kind '" + change.change() + "'");
            }
            return List.of();
        }

        /** Who has an e-mail is told, once; who knows already or has it is not. */
        private void ready(PromiseTable.Head head) {
            PromiseTable.Ready ready = table.ready(head.id()).orElse(null);
            if (ready == null || !Audience.isAddress(ready.email())) return;
            telling.tell(
                    NoticeEvent.ORDER_READY,
                    new Audience(Set.of(), List.of(), List.of(ready.email())),
                    Language.ES,
                    head.id(),
                    Map.of("customer", ready.customer(), "order", head.number(), "store", ready.store()));
        }

        private List<String> cancelled(Landed document, PromiseChangedBody change, PromiseTable.Head head) {
            List<String> odd = new ArrayList<>();
            PromiseChangedBody.BackBody back = change.back();
            long held = table.held(head.id());
            long gone = back == null ? 0 : back.gone();
            if (held != gone) odd.add("gives back and keeps " + gone + " of a deposit of " + held);
            if (head.closedAt() != null) odd.add("promise " + head.number() + " was sold or cancelled before");
            if (back != null) {
                if (back.returned() < 0 || back.kept() < 0) throw Failure.rejected("gives back less than nothing");
                if (back.returned() > 0)
                    enter(
                            table,
                            entry(change, back, change.id(), "RETURNED", back.returned(), back.kind()),
                            document.id());
                PromiseChangedBody.SlipBody slip = back.slip();
                if (slip != null) {
                    if (slip.amount() <= 0) throw Failure.rejected("gives back a slip of " + slip.amount());
                    String kind = Tender.Kind.STORE_CREDIT.name();
                    enter(table, entry(change, back, slip.id(), "RETURNED", slip.amount(), kind), document.id());
                    odd.addAll(credits.deposit(
                            slip.id(),
                            change.store(),
                            change.promise(),
                            kind,
                            -slip.amount(),
                            slip.proof(),
                            change.at()));
                }
                if (back.kept() > 0)
                    enter(table, entry(change, back, back.keptId(), "KEPT", back.kept(), null), document.id());
            }
            table.close(head.id(), change.at(), "CANCELLED", null);
            return odd;
        }

        private static PromiseTable.NewEntry entry(
                PromiseChangedBody change,
                PromiseChangedBody.BackBody back,
                UUID id,
                String kind,
                long amount,
                @Nullable String tender) {
            return new PromiseTable.NewEntry(
                    id,
                    change.promise(),
                    change.store(),
                    kind,
                    back.currency(),
                    -amount,
                    tender,
                    tender == null ? null : back.cashSession(),
                    back.number(),
                    change.at(),
                    change.businessDay(),
                    change.byName(),
                    null);
        }
    }
}
