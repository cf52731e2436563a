package mx.refahub.domain.part;

import java.util.List;
import java.util.Optional;

/** Reads the pictures of parts. At the hub they are all there; a store has those that somebody looked at, and asks the hub for others while there is a link. */
public interface PartImages {
    /** In order, the first is the main one. Empty if the part has none, or (at a store) if that cannot be told now. */
    List<PartImage> of(PartId part);

    /**
     * The WebP file of this name, at most a few hundred kilobytes, with the content that its name promises. Empty if there is none, or (at a
     * store) if it is not here and the hub does not bring it in a moment.
     */
    Optional<byte[]> file(String hash);
}
