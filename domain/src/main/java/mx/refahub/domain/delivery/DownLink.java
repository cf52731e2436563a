package mx.refahub.domain.delivery;

/** Takes what the hub told this store, in the child process, on its way to the main process. */
public interface DownLink {
    /** Handed over when it returns; a repeated message is harmless. */
    void received(DownMessage message);

    /** Relaying has stopped and a person must look: this disk is a copy or older than the hub's knowledge. */
    void halted(Relay.Cause cause, long sequence);
}
