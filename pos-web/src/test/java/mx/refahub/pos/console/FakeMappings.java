package mx.refahub.pos.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.job.SupplierMappings;

/** Remembers mappings, and guesses that every column is called as ours. */
final class FakeMappings implements SupplierMappings {
    private final Map<String, Mapping> mappings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    @Override
    public List<Mapping> all() {
        return List.copyOf(mappings.values());
    }

    @Override
    public Optional<Mapping> find(String supplier) {
        return Optional.ofNullable(mappings.get(supplier));
    }

    @Override
    public Outcome<Mapping> save(Mapping mapping) {
        mappings.put(mapping.supplier(), mapping);
        return Outcome.done(mapping);
    }

    @Override
    public Outcome<Mapping> delete(String supplier) {
        Mapping gone = mappings.remove(supplier);
        return gone == null ? Outcome.refused("mapping-unknown", supplier) : Outcome.done(gone);
    }

    @Override
    public Outcome<Suggestion> recognise(Path content) {
        return suggest("parts", content);
    }

    @Override
    public Outcome<Suggestion> suggest(String file, Path content) {
        if (!file.equals("parts")) return Outcome.refused("mapping-file-unknown", file);
        try (var lines = Files.lines(content)) {
            List<String> header = List.of(lines.findFirst().orElse("").split(","));
            return Outcome.done(new Suggestion(file, header, List.of(), List.of(), List.of(), List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
