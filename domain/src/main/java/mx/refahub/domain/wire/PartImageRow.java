package mx.refahub.domain.wire;

/** A picture of a part, as the hub tells a store that asks for them; see {@code domain.part.PartImage}. */
public record PartImageRow(String hash, String smallHash, int width, int height) {}
