package mx.refahub.routes;

import java.util.Optional;
import mx.refahub.domain.job.WorkDoor;
import org.jspecify.annotations.Nullable;

/** By the password {@code work}; remembers in memory where it was opened. */
final class PaperDoor implements WorkDoor {
    private volatile @Nullable Door open;

    @Override
    public String password() {
        return "work";
    }

    @Override
    public void open(String brokerUrl, String hubKey) {
        open = new Door(brokerUrl, hubKey, password());
    }

    @Override
    public Optional<Door> find() {
        return Optional.ofNullable(open);
    }
}
