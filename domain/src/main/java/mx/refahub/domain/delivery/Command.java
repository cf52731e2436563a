package mx.refahub.domain.delivery;

import java.util.UUID;

/** An administrator's order to a store, once. */
public record Command(UUID id, Kind kind) implements DownMessage {
    public enum Kind {
        /** Pull every stream now. */
        FORCE_SYNC,
        /** Send a heartbeat with all figures now. */
        STATUS,
        /** Take a backup now. */
        BACKUP,
        /** Start the child process anew; selling goes on. */
        RESTART_SERVICES,
        /** Compare with the hub what was written here, now. */
        RECONCILE,
        /** Look at every device. */
        TEST_HARDWARE,
        /** Look through files, chain and sums. */
        VERIFY,
        /** List the backups, each checked. */
        BACKUPS,
        /** Put a bundle for support together and send it. */
        SUPPORT_BUNDLE
    }

    @Override
    public String lastValueKey() {
        return "";
    }
}
