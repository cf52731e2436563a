package mx.refahub.domain.job;

/**
 * What this process is among those that share the work; supplied by the process.
 *
 * @param name no other living process on the same database has it
 * @param hub serves console and stores too
 */
public record Workplace(String name, boolean hub, String host, long pid) {
    public Workplace {
        if (name.isBlank()) throw new IllegalArgumentException("a process without a name");
    }
}
