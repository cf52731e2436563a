package mx.refahub.domain.job;

/**
 * That a slice of a run's work is to be done by whoever is free. It names only; what is to be done stands in the database.
 *
 * @param execution of the job, as Batch numbers it
 * @param step of the slice, as Batch numbers it
 */
public record SliceOrder(long run, long execution, long step) {
    public SliceOrder {
        if (run < 1 || execution < 1 || step < 1)
            throw new IllegalArgumentException("slice " + run + "/" + execution + "/" + step);
    }

    /** As it travels. */
    public String text() {
        return run + "/" + execution + "/" + step;
    }

    /** @throws IllegalArgumentException if it is none */
    public static SliceOrder of(String text) {
        String[] parts = text.strip().split("/", -1);
        if (parts.length != 3) throw new IllegalArgumentException("'" + text + "' orders no slice");
        return new SliceOrder(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }
}
