package mx.refahub.domain.notice;

import java.util.List;

/** Suppliers' letters with their invoices, taken in once. */
public interface Inbox {
    /** What waits in the mailbox; nothing while none is in use. Failures are kept for the console and thrown. */
    List<Mailbox.Key> waiting();

    /** Takes its invoices in and puts it away: each message counts once, however often it is handed over. */
    void take(Mailbox.Key message);
}
