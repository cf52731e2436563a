package mx.refahub.domain.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import mx.refahub.domain.part.PartId;

/**
 * Builds and publishes the index. One build at a time; a second throws {@link IllegalStateException}. What is served does not
 * change until {@link Build#publish}, which is atomic: after a crash the newest published snapshot stands and the rest is swept.
 */
public interface PartIndex {
    /** An empty build. */
    Build rebuild() throws IOException;

    /** A build that starts from the newest snapshot, so that only new segments travel. Empty if there is none yet. */
    Build update() throws IOException;

    /** The newest published snapshot. */
    Optional<IndexManifest> newest();

    /** A file of a published snapshot that is still kept (at least the newest three), for download. */
    Optional<Path> file(long version, String name);

    interface Build extends AutoCloseable {
        /** Adds the part or replaces what was there. */
        void put(IndexedPart part) throws IOException;

        void remove(PartId part) throws IOException;

        /** Makes this build the newest snapshot and opens it for search. The build is then spent. */
        IndexManifest publish(long catalogueVersion) throws IOException;

        /** Drops an unpublished build. */
        @Override
        void close() throws IOException;
    }
}
