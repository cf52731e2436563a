package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Row of the proposals stream: what the hub has decided of a part that this store made.
 *
 * @param verdict {@code MERGED}, {@code ADDED} or {@code REFUSED}
 * @param part what takes its place; null where it was refused
 * @param reason empty unless it was refused
 */
public record ProposalRow(UUID id, String verdict, @Nullable UUID part, String reason, Instant decidedAt) {}
