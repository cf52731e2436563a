package mx.refahub.store.command;

import java.util.List;

/** What a command says, line by line, and the exit status that it ends with. */
public record Answer(int exit, List<String> lines) {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    /** Done, and what was looked at is not as it should be. */
    public static final int NOT_RIGHT = 2;
    /** The connector runs and must not, or the other way round. */
    public static final int WRONG_MOMENT = 3;
    /** As {@code EX_USAGE} in sysexits.h. */
    public static final int USAGE = 64;

    public Answer {
        lines = List.copyOf(lines);
    }

    public static Answer done(String... lines) {
        return new Answer(DONE, List.of(lines));
    }

    public static Answer failed(String... lines) {
        return new Answer(FAILED, List.of(lines));
    }

    static Answer wrongMoment(String line) {
        return new Answer(WRONG_MOMENT, List.of(line));
    }
}
