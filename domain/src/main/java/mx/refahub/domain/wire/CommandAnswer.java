package mx.refahub.domain.wire;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a store says to an order of the console when it has carried it out.
 *
 * @param exit as the command line's status: 0 done, 1 failed, 2 done and something is not right
 * @param attachment a support bundle, in base64; null where there is none
 */
public record CommandAnswer(
        UUID command,
        int exit,
        List<String> lines,
        @Nullable String attachment) {
    public static final int MOST_LINES = 300;

    public CommandAnswer {
        lines = lines.stream().limit(MOST_LINES).toList();
    }
}
