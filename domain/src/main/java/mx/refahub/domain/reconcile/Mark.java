package mx.refahub.domain.reconcile;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document as one end has it now.
 *
 * @param hash of the envelope and the body as they are read now, hexadecimal: not what was once noted as their hash
 * @param amount what the books of that end say of it, in minor units; 0 for types without a figure, null when it is not in the books
 */
public record Mark(
        long sequence, UUID id, String hash, @Nullable Long amount) {}
