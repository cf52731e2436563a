package mx.refahub.batch.backup;

import java.io.IOException;

/** The place of the copies cannot be reached or used. The message is the sentence for a person: what, where, and what to look at. */
final class TargetTrouble extends IOException {
    private static final long serialVersionUID = 1L;

    TargetTrouble(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
