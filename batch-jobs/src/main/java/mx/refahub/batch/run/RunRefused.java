package mx.refahub.batch.run;

/** A run that cannot go on with what it was given. The message is the sentence for the person who started it, in Spanish. */
public final class RunRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sentence;
    private final boolean again;

    public RunRefused(String sentence) {
        this(sentence, false);
    }

    private RunRefused(String sentence, boolean again) {
        super(sentence);
        this.sentence = sentence;
        this.again = again;
    }

    /** One that may end well another time: it is taken up again by the job's rules. */
    public static RunRefused forNow(String sentence) {
        return new RunRefused(sentence, true);
    }

    public String sentence() {
        return sentence;
    }

    boolean again() {
        return again;
    }
}
