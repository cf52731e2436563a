package mx.refahub.domain.pricing;

import java.time.LocalDate;
import java.util.UUID;

/**
 * Where, when and to whom.
 *
 * @param day in the branch's own zone
 */
public record Occasion(UUID branch, LocalDate day, Buyer buyer) {}
