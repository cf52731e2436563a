package mx.refahub.search;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.IndexReplica;

/** A store in a process of its own that fetches the hub's newest snapshot; started with an armed failpoint it dies on the way. */
final class Crash {
    private Crash() {}

    public static void main(String[] folders) throws IOException {
        try (Shelf hub = new Shelf(Path.of(folders[0]));
                Shelf store = new Shelf(Path.of(folders[1]))) {
            IndexManifest manifest = hub.index.newest().orElseThrow();
            ReplicaFiles replica = new ReplicaFiles(store.snapshots, store.search);
            for (IndexReplica.Missing missing : replica.missing(manifest)) {
                Path file = hub.index
                        .file(manifest.version(), missing.file().name())
                        .orElseThrow();
                try (InputStream in = Files.newInputStream(file)) {
                    replica.receive(manifest, missing.file(), in);
                }
            }
            replica.swap(manifest);
        }
    }
}
