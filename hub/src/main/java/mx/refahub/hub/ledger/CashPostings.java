package mx.refahub.hub.ledger;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.wire.BankDepositBody;
import mx.refahub.domain.wire.CashMovementBody;
import mx.refahub.domain.wire.CashSessionClosedBody;
import mx.refahub.domain.wire.CashSessionReopenedBody;
import mx.refahub.domain.wire.CashierSwitchedBody;

/** What happens in an open drawer, up to its Z, and what then goes to the bank. All of a drawer comes under the session's key, so that it is applied in the order of the till. */
final class CashPostings {
    private CashPostings() {}

    static List<Posting> all(CashTable table, Bodies bodies) {
        return List.of(
                new Moved(table, bodies),
                new Switched(table, bodies),
                new Closed(table, bodies),
                new Reopened(table, bodies),
                new Deposited(table, bodies));
    }

    private static void check(CashTable table, StoreId store, UUID named, UUID session) {
        if (!named.equals(store.value()))
            throw Failure.rejected("the document names another store than the one that sent it");
        if (!table.knows(session, named))
            throw Failure.rejected("cash session " + session + " of this store is not in the ledger");
    }

    private static Failure twice(String what, UUID id) {
        return Failure.rejected(what + " " + id + " stands in the ledger already, from another document");
    }

    private record Moved(CashTable table, Bodies bodies) implements Posting {
        @Override
        public String type() {
            return DocumentType.CASH_MOVEMENT;
        }

        @Override
        public int schema() {
            return DocumentType.CASH_MOVEMENT_SCHEMA;
        }

        @Override
        public List<String> post(Landed document) {
            CashMovementBody movement = bodies.read(document, CashMovementBody.class);
            check(table, document.store(), movement.store(), movement.session());
            if (table.insertMovement(movement, document.id()) == 0) throw twice("cash movement", movement.id());
            return movement.amount() <= 0
                    ? List.of("cash movement of " + movement.amount() + " is not positive")
                    : List.of();
        }
    }

    private record Switched(CashTable table, Bodies bodies) implements Posting {
        @Override
        public String type() {
            return DocumentType.CASHIER_SWITCHED;
        }

        @Override
        public int schema() {
            return DocumentType.CASHIER_SWITCHED_SCHEMA;
        }

        @Override
        public List<String> post(Landed document) {
            CashierSwitchedBody switched = bodies.read(document, CashierSwitchedBody.class);
            check(table, document.store(), switched.store(), switched.session());
            if (table.insertSwitch(switched, document.id()) == 0) throw twice("cashier switch", switched.id());
            return List.of();
        }
    }

    private record Closed(CashTable table, Bodies bodies) implements Posting {
        @Override
        public String type() {
            return DocumentType.CASH_SESSION_CLOSED;
        }

        @Override
        public int schema() {
            return DocumentType.CASH_SESSION_CLOSED_SCHEMA;
        }

        @Override
        public List<String> post(Landed document) {
            CashSessionClosedBody z = bodies.read(document, CashSessionClosedBody.class);
            check(table, document.store(), z.store(), z.session());
            if (table.insertZ(z, document.id()) == 0) throw twice("Z", z.id());
            if (!z.tenders().isEmpty()) table.insertTenders(z.id(), z.tenders());
            if (!z.taxes().isEmpty()) table.insertTaxes(z.id(), z.taxes());
            if (!z.pieces().isEmpty()) table.insertPieces(z.id(), z.pieces());
            return CashCheck.differences(
                    z,
                    table.tenderSums(z.session(), z.store(), z.closedAt()),
                    table.saleSums(z.session(), z.store(), z.closedAt()),
                    table.taxSums(z.session(), z.store(), z.closedAt()),
                    table.numbers(z, document.id()));
        }
    }

    private record Reopened(CashTable table, Bodies bodies) implements Posting {
        @Override
        public String type() {
            return DocumentType.CASH_SESSION_REOPENED;
        }

        @Override
        public int schema() {
            return DocumentType.CASH_SESSION_REOPENED_SCHEMA;
        }

        @Override
        public List<String> post(Landed document) {
            CashSessionReopenedBody reopened = bodies.read(document, CashSessionReopenedBody.class);
            check(table, document.store(), reopened.store(), reopened.session());
            if (table.insertReopening(reopened, document.id()) == 0) throw twice("reopening", reopened.id());
            return List.of();
        }
    }

    /** It is nobody's drawer any more, so it comes under a key of its own. */
    private record Deposited(CashTable table, Bodies bodies) implements Posting {
        @Override
        public String type() {
            return DocumentType.BANK_DEPOSIT;
        }

        @Override
        public int schema() {
            return DocumentType.BANK_DEPOSIT_SCHEMA;
        }

        @Override
        public List<String> post(Landed document) {
            BankDepositBody deposit = bodies.read(document, BankDepositBody.class);
            if (!deposit.store().equals(document.store().value()))
                throw Failure.rejected("the bank deposit names another store than the one that sent it");
            if (table.insertDeposit(deposit, document.id()) == 0) throw twice("bank deposit", deposit.id());
            if (!deposit.pieces().isEmpty()) table.insertDepositPieces(deposit.id(), deposit.pieces());
            long counted = deposit.pieces().stream()
                    .mapToLong(each -> each.value() * each.pieces())
                    .sum();
            return counted == deposit.total()
                    ? List.of()
                    : List.of("bank deposit of " + deposit.total() + " whose pieces come to " + counted);
        }
    }
}
