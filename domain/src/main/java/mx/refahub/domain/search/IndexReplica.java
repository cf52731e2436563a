package mx.refahub.domain.search;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A store's copy of the index: snapshots arrive file by file, are checked and swapped in whole. */
public interface IndexReplica {
    /** The files of this snapshot that are not here yet; those that an older snapshot already holds are linked, not fetched. */
    List<Missing> missing(IndexManifest manifest) throws IOException;

    /** @param have bytes of it already on disk from an interrupted download: go on from there */
    record Missing(IndexManifest.File file, long have) {}

    /** Appends to the file's download. A complete file is checked; one with the wrong hash is dropped and {@link IOException} thrown. */
    void receive(IndexManifest manifest, IndexManifest.File file, InputStream bytes) throws IOException;

    /** Opens the complete snapshot for search and makes it the one that a restart opens; sweeps older ones not in use. */
    void swap(IndexManifest manifest) throws IOException;
}
