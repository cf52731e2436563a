package mx.refahub.batch.run;

/** A run that cannot go on with what it was given. The message is the sentence for the person who started it, in Spanish. */
public final class RunRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    public RunRefused(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
