package mx.refahub.hub.purchase;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.notice.Letter;
import mx.refahub.domain.notice.MailDesk;
import mx.refahub.domain.notice.NoticeEvent;
import mx.refahub.domain.purchase.OrderMail;
import mx.refahub.domain.purchase.OrderPapers;
import mx.refahub.domain.purchase.PurchaseOrder;
import mx.refahub.domain.purchase.PurchaseOrder.Act;
import mx.refahub.domain.purchase.PurchaseOrder.State;
import mx.refahub.domain.purchase.PurchaseOrders;
import mx.refahub.domain.store.Person;
import mx.refahub.hub.access.AuditTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

final class MailedOrders implements OrderMail {
    private static final Logger LOG = LoggerFactory.getLogger(MailedOrders.class);
    private static final int MOST = 20;
    private static final int LONGEST = 20_000;

    private final PurchaseOrders orders;
    private final OrderPapers papers;
    private final MailDesk mail;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    MailedOrders(
            PurchaseOrders orders,
            OrderPapers papers,
            MailDesk mail,
            AuditTrail audit,
            TransactionTemplate transaction) {
        this.orders = orders;
        this.papers = papers;
        this.mail = mail;
        this.audit = audit;
        this.transaction = transaction;
    }

    @Override
    public List<MailDesk.Sent> letters(UUID order) {
        return mail.letters(null, order, MOST);
    }

    @Override
    public boolean on() {
        return mail.on();
    }

    @Override
    public Outcome<Mailed> send(UUID id, UUID letter, String to, String text, Person by) {
        Optional<PurchaseOrder> found = orders.one(id);
        if (found.isEmpty()) return Outcome.refused("order-unknown");
        return Objects.requireNonNull(transaction.execute(status -> {
            Outcome<Mailed> outcome = sent(found.get(), letter, to, text, by);
            if (outcome instanceof Outcome.Refused) status.setRollbackOnly();
            return outcome;
        }));
    }

    private Outcome<Mailed> sent(PurchaseOrder order, UUID id, String to, String text, Person by) {
        OrderPapers.Mail usual = papers.mail(order);
        String said = text.isBlank() ? usual.text() : text.substring(0, Math.min(text.length(), LONGEST));
        Outcome<Boolean> letter = mail.write(
                id,
                NoticeEvent.PURCHASE_ORDER,
                to,
                usual.subject(),
                said,
                List.of(
                        new Letter.Attachment(order.number() + ".pdf", "application/pdf", papers.pdf(order)),
                        new Letter.Attachment(order.number() + ".csv", "text/csv", papers.csv(order))),
                order.id());
        if (letter instanceof Outcome.Refused<Boolean>(Refusal refusal)) return new Outcome.Refused<>(refusal);
        int earlier = mail.letters(null, order.id(), MOST).size() - 1;
        // Whatever became of the order since: the letter is written, and once.
        if (letter instanceof Outcome.Done<Boolean>(Boolean now) && !now)
            return Outcome.done(new Mailed(orders.one(order.id()).orElse(order), false, earlier));
        State state = order.state();
        if (state != State.APPROVED && state != State.SENT && state != State.PARTLY_RECEIVED)
            return Outcome.refused("order-state", state.name());
        audit.record(by.id().toString(), "order-mailed", order.number());
        LOG.info("order mailed order={} by={}", order.number(), by.id());
        Outcome<PurchaseOrder> sent =
                state == State.APPROVED ? orders.act(order.id(), Act.SEND, "", by) : Outcome.done(order);
        return sent.fold(now -> Outcome.done(new Mailed(now, true, earlier)), Outcome.Refused::new);
    }
}
