package mx.refahub.store.customer;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.wire.AccountPaymentBody;
import mx.refahub.domain.wire.ChequeBouncedBody;
import mx.refahub.domain.wire.CustomerChangedBody;
import mx.refahub.domain.wire.StoreTaken;
import mx.refahub.store.sqlite.Session;
import tools.jackson.databind.json.JsonMapper;

/** Brings salvaged documents of customers and their accounts back to the books. What the books hold already stays. */
public final class CustomerReplay {
    private CustomerReplay() {}

    /** The customer is found by its words again once the hub's copy has come. */
    public static void changed(Session session, JsonMapper json, byte[] body, long documentSequence)
            throws SQLException {
        CustomerChangedBody change = json.readValue(body, CustomerChangedBody.class);
        CustomerRows.insert(session, change, json.writeValueAsString(new TreeMap<>(change.fields())), documentSequence);
    }

    public static void payment(Session session, JsonMapper json, byte[] body, long documentSequence)
            throws SQLException {
        AccountLedger.payment(session, json, json.readValue(body, AccountPaymentBody.class), documentSequence);
    }

    public static void bounced(Session session, JsonMapper json, byte[] body, long documentSequence)
            throws SQLException {
        AccountLedger.bounced(session, json.readValue(body, ChequeBouncedBody.class), documentSequence);
    }

    /** An entry of before the history that a new machine gets back: what it did, without its document. */
    public static void carried(Session session, StoreTaken.CarriedEntry entry) throws SQLException {
        int fresh = session.update(
                """
                insert into account_entry (id, customer_id, kind, amount, at, day, due_on, reference, tender, body, bounced_at, document_sequence)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do nothing
                """,
                entry.id(),
                entry.customer(),
                entry.kind(),
                entry.amount(),
                entry.at(),
                entry.day(),
                entry.dueOn(),
                entry.reference(),
                entry.tender(),
                entry.body(),
                entry.bouncedAt(),
                entry.document());
        if (fresh == 0) return;
        for (Map.Entry<UUID, Long> applied : entry.applied().entrySet())
            session.updateOne("""
                    insert into account_applied (entry_id, charge_id, amount)
                    values (?, ?, ?)
                    """, entry.id(), applied.getKey(), applied.getValue());
    }

    /** What entries without a document had paid is open again. Before the entries go. */
    public static void dropApplied(Session session, long last) throws SQLException {
        session.update(
                "delete from account_applied where entry_id in (select id from account_entry where document_sequence > ?)",
                last);
        session.update(NOT_BOUNCED, last);
    }

    /** A cheque whose bouncing has no document has not bounced. */
    private static final String NOT_BOUNCED = """
            update account_entry
            set bounced_at = null
            where kind = 'PAYMENT' and bounced_at is not null
            and not exists (
                select 1
                from account_entry bounce
                where bounce.kind = 'BOUNCED' and bounce.reference = account_entry.reference and bounce.document_sequence <= ?)
            """;

    /** The balances are the sums of the entries. */
    public static void addUp(Session session) throws SQLException {
        session.update("delete from account_balance");
        session.update("""
                insert into account_balance (customer_id, balance)
                select customer_id, sum(amount)
                from account_entry
                group by customer_id
                """);
        session.update("""
                update register
                set next_receipt = max(next_receipt, 1 + (
                    select coalesce(max(cast(substr(reference, length(register.prefix) + 3) as integer)), 0)
                    from account_entry
                    where kind = 'PAYMENT' and reference like register.prefix || '-A%'))
                """);
    }
}
