package mx.refahub.batch.csv;

/** A file that cannot be taken at all; the message is a sentence for the person who sent it. */
public final class FileRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FileRefused(String sentence) {
        super(sentence, null, false, false);
    }
}
