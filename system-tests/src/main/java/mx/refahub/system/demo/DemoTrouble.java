package mx.refahub.system.demo;

/** The demo cannot go on; the message is one line that says what to do. */
final class DemoTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    DemoTrouble(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
