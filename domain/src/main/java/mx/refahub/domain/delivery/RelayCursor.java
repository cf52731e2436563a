package mx.refahub.domain.delivery;

/** Where the relay's state is kept: the child process's own file. */
public interface RelayCursor {
    /** The state for this epoch; {@link Relay#FRESH} if the file knows no or another epoch. */
    Relay load(int epoch);

    void save(int epoch, Relay relay);
}
