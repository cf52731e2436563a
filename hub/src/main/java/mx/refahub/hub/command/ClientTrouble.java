package mx.refahub.hub.command;

/** The command cannot go on; the message is for the person at the terminal. */
final class ClientTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    private ClientTrouble(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static ClientTrouble usage(String message) {
        return new ClientTrouble(CommandLineClient.USAGE, message);
    }

    static ClientTrouble failed(String message) {
        return new ClientTrouble(CommandLineClient.FAILED, message);
    }

    int exitCode() {
        return exitCode;
    }
}
