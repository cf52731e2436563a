package mx.refahub.store.customer;

import java.sql.SQLException;
import java.util.TreeMap;
import mx.refahub.domain.wire.AccountPaymentBody;
import mx.refahub.domain.wire.ChequeBouncedBody;
import mx.refahub.domain.wire.CustomerChangedBody;
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
                    select count(*)
                    from account_entry
                    where kind = 'PAYMENT' and reference like register.prefix || '-A%'))
                """);
    }
}
