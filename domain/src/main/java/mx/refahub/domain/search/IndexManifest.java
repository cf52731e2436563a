package mx.refahub.domain.search;

import java.util.List;

/**
 * An immutable snapshot of the index: the files that make it up.
 *
 * @param version counts up by one with each publication
 * @param catalogueVersion version of the catalogue stream that it holds
 */
public record IndexManifest(long version, long catalogueVersion, List<File> files) {
    /** @param sha256 lower-case hexadecimal */
    public record File(String name, long size, String sha256) {
        public File {
            if (!name.matches("[A-Za-z0-9_.]{1,80}"))
                throw new IllegalArgumentException("index file name '" + name + "'");
        }
    }

    public IndexManifest {
        files = List.copyOf(files);
    }
}
