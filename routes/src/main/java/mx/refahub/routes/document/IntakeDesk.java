package mx.refahub.routes.document;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import mx.refahub.domain.Failpoint;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.delivery.BrokerAccounts;
import mx.refahub.domain.delivery.BrokerAccounts.Account;
import mx.refahub.domain.delivery.DownMessage;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.FrameCodec;
import mx.refahub.domain.store.StoreId;
import mx.refahub.routes.document.Letter.Readable;
import mx.refahub.routes.document.Letter.Unreadable;
import mx.refahub.routes.down.Post;
import mx.refahub.routes.down.PostOffice;
import mx.refahub.routes.failure.Troubles;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hub's desk for what stores send. */
public final class IntakeDesk {
    private static final Logger LOG = LoggerFactory.getLogger(IntakeDesk.class);
    /** As which user the sender signed in: set by the broker on each message, not by the sender. */
    static final String SENDER = "JMSXUserID";

    private final Intake intake;
    private final Ledgers ledgers;
    private final BrokerAccounts accounts;
    private final PostOffice postOffice;
    private final @Nullable String own;

    /** @param own as whom the hub itself signs in: what it sends again names its sender in a header, which is believed of nobody else */
    public IntakeDesk(
            Intake intake, Ledgers ledgers, BrokerAccounts accounts, PostOffice postOffice, @Nullable String own) {
        this.own = own;
        this.intake = intake;
        this.ledgers = ledgers;
        this.accounts = accounts;
        this.postOffice = postOffice;
    }

    /** Bytes are opened; a text or anything else is not a frame. */
    public Letter open(
            @Nullable Object body,
            @Header(SENDER) @Nullable String signedIn,
            @Header(Troubles.SENDER) @Nullable String before) {
        String user = before != null && signedIn != null && signedIn.equals(own) ? before : signedIn;
        Optional<StoreId> sender =
                user == null ? Optional.empty() : accounts.byUser(user).map(Account::store);
        byte[] bytes = bytes(body);
        if (sender.isEmpty()) return new Unreadable(sender, bytes, "sender is not a store");
        if (!(body instanceof byte[])) return new Unreadable(sender, bytes, "not a message of bytes");
        try {
            return new Readable(sender.get(), FrameCodec.decode(bytes));
        } catch (Failure e) {
            if (e.kind() != FailureKind.REJECTED) throw e;
            return new Unreadable(sender, bytes, String.valueOf(e.getMessage()));
        }
    }

    /** @return what to tell the store */
    public List<DownMessage> land(Readable letter) {
        Intake.Receipt receipt = intake.land(letter.sender(), letter.frame());
        Failpoint.C12_LANDED_NOT_CONFIRMED.pass();
        LOG.info(
                "frame landed store={} epoch={} first={} last={} landed={} duplicates={}",
                letter.sender(),
                letter.frame().epoch(),
                letter.frame().first(),
                letter.frame().last(),
                receipt.landed(),
                receipt.duplicates());
        return receipt.replies();
    }

    public void putAside(Unreadable letter) {
        LOG.error(
                "message put aside sender={} bytes={} reason={}",
                letter.sender().map(StoreId::toString).orElse("unknown"),
                letter.bytes().length,
                letter.reason());
        intake.putAside(letter.sender(), letter.bytes(), letter.reason());
    }

    public List<DownMessage> reminders() {
        return intake.reminders();
    }

    public List<Post> address(List<DownMessage> replies) {
        Failpoint.C13_ACKNOWLEDGEMENT_NOT_SENT.pass();
        return postOffice.address(replies);
    }

    public Ledgers.Progress apply() {
        Ledgers.Progress progress = ledgers.apply();
        if (progress.applied() + progress.parked() > 0)
            LOG.info(
                    "documents applied applied={} parked={} waiting={}",
                    progress.applied(),
                    progress.parked(),
                    progress.waiting());
        return progress;
    }

    public boolean more(Ledgers.Progress progress) {
        return progress.more();
    }

    private static byte[] bytes(@Nullable Object body) {
        return switch (body) {
            case byte[] bytes -> bytes;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            case null, default -> new byte[0];
        };
    }
}
