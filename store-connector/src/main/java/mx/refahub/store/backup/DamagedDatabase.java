package mx.refahub.store.backup;

import java.nio.file.Path;
import java.util.Optional;

/** What was sold lies in a file that is damaged or gone: the store must not start over it, and never with an empty one. */
public final class DamagedDatabase extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Path data;
    private final transient Optional<Backup> newest;
    private final String trouble;

    DamagedDatabase(Path data, String trouble, Optional<Backup> newest) {
        super(data.resolve(Backups.SALES) + ": " + trouble);
        this.data = data;
        this.newest = newest;
        this.trouble = trouble;
    }

    public Path data() {
        return data;
    }

    public String trouble() {
        return trouble;
    }

    public Optional<Backup> newest() {
        return newest;
    }
}
