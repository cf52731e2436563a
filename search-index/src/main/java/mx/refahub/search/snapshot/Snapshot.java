package mx.refahub.search.snapshot;

import java.nio.file.Path;
import mx.refahub.domain.search.IndexManifest;

/** A snapshot that lies in a folder of its own; nothing in there changes any more. */
public record Snapshot(Path folder, IndexManifest manifest) {
    public Path file(IndexManifest.File file) {
        return folder.resolve(file.name());
    }
}
