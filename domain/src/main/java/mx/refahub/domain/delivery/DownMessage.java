package mx.refahub.domain.delivery;

/** What the hub tells one store over the store's queue. */
public sealed interface DownMessage permits Acknowledgement, GapRequest, Announcement, Command {
    /** A newer message with the same key makes an older one pointless; empty if each must arrive. */
    String lastValueKey();
}
