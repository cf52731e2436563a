package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.UUID;

/** Body of a {@code pin-chosen} document, schema 1: a person set a PIN at a store. Only its Argon2id hash travels. */
public record PinChosenBody(UUID user, String pinHash, Instant chosenAt) {}
