package mx.refahub.search.snapshot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.search.IndexManifest;

/** The manifest as it lies beside the files: lines of text, the last one the hash of those before, so that a torn one is noticed. */
final class ManifestFile {
    static final String NAME = "MANIFEST";
    private static final String HEAD = "refahub-index 1";
    private static final String SUM = "sum ";

    private ManifestFile() {}

    static void write(Path folder, IndexManifest manifest) throws IOException {
        StringBuilder text = new StringBuilder(HEAD)
                .append("\nversion ")
                .append(manifest.version())
                .append("\ncatalogue ")
                .append(manifest.catalogueVersion())
                .append('\n');
        for (IndexManifest.File file : manifest.files())
            text.append("file ")
                    .append(file.sha256())
                    .append(' ')
                    .append(file.size())
                    .append(' ')
                    .append(file.name())
                    .append('\n');
        String sum = Disk.sha256(text.toString());
        text.append(SUM).append(sum).append('\n');
        Disk.write(folder.resolve(NAME), text.toString());
    }

    /** @throws IOException also for a file that is torn or not a manifest */
    static IndexManifest read(Path folder) throws IOException {
        String text = new String(Files.readAllBytes(folder.resolve(NAME)), StandardCharsets.UTF_8);
        int sum = text.lastIndexOf(SUM);
        if (sum < 0 || !text.substring(sum + SUM.length()).strip().equals(Disk.sha256(text.substring(0, sum))))
            throw new IOException("its manifest is torn");
        try {
            List<String> lines = text.substring(0, sum).lines().toList();
            if (!lines.getFirst().equals(HEAD)) throw new IOException("its manifest is of another kind");
            List<IndexManifest.File> files = new ArrayList<>();
            for (String line : lines.subList(3, lines.size())) {
                String[] words = line.split(" ", 4);
                files.add(new IndexManifest.File(words[3], Long.parseLong(words[2]), words[1]));
            }
            return new IndexManifest(
                    Long.parseLong(lines.get(1).substring("version ".length())),
                    Long.parseLong(lines.get(2).substring("catalogue ".length())),
                    files);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException("its manifest cannot be read", e);
        }
    }
}
