package mx.refahub.system.demo;

/** The demo cannot go on; the message is one line that says what to do. */
final class DemoTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoTrouble(String message) {
        super(message);
    }
}
