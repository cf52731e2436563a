package mx.refahub.hub.notice;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import mx.refahub.domain.notice.MailServer;
import mx.refahub.hub.access.SecretBox;
import org.jspecify.annotations.Nullable;

/** The servers as they are kept, with their secrets opened. */
final class Accounts {
    private static final byte[] OUT = "mail account".getBytes(StandardCharsets.UTF_8);
    private static final byte[] IN = "mail inbox".getBytes(StandardCharsets.UTF_8);

    private final MailTable table;
    private final SecretBox box;

    Accounts(MailTable table, SecretBox box) {
        this.table = table;
        this.box = box;
    }

    Optional<MailTable.AccountRow> account() {
        return table.account();
    }

    /** Set up and switched on. */
    Optional<MailTable.AccountRow> inUse() {
        return table.account().filter(MailTable.AccountRow::enabled);
    }

    Optional<MailServer> server() {
        return table.account()
                .filter(row -> !row.host().isEmpty())
                .map(row -> new MailServer(
                        row.host(),
                        row.port(),
                        MailServer.Security.valueOf(row.security()),
                        row.username(),
                        opened(row.secret(), OUT)));
    }

    MailServer server(MailTable.BoxRow row) {
        return new MailServer(
                row.host(),
                row.port(),
                MailServer.Security.valueOf(row.security()),
                row.username(),
                opened(row.secret(), IN));
    }

    byte @Nullable [] closedOut(String secret) {
        return secret.isEmpty() ? null : box.close(secret.getBytes(StandardCharsets.UTF_8), OUT);
    }

    byte @Nullable [] closedIn(String secret) {
        return secret.isEmpty() ? null : box.close(secret.getBytes(StandardCharsets.UTF_8), IN);
    }

    private String opened(byte @Nullable [] secret, byte[] owner) {
        return secret == null ? "" : new String(box.open(secret, owner), StandardCharsets.UTF_8);
    }
}
