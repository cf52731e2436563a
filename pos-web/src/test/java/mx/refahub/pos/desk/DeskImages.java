package mx.refahub.pos.desk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartImage;
import mx.refahub.domain.part.PartImages;

/** Pictures in memory. */
public final class DeskImages implements PartImages {
    public final Map<PartId, List<PartImage>> lists = new HashMap<>();
    public final Map<String, byte[]> files = new HashMap<>();

    @Override
    public List<PartImage> of(PartId part) {
        return lists.getOrDefault(part, List.of());
    }

    @Override
    public Optional<byte[]> file(String hash) {
        return Optional.ofNullable(files.get(hash));
    }
}
