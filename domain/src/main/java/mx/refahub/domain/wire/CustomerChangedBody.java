package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Body of a {@code customer-changed} document, schema 1; its key is the customer's id.
 *
 * @param id of the act
 * @param made whether the customer is new
 * @param fields those that changed, by the names of {@code CustomerField}; an empty text takes a field off
 */
public record CustomerChangedBody(
        UUID id,
        UUID store,
        UUID customer,
        boolean made,
        Map<String, String> fields,
        Instant at,
        UUID by,
        String byName) {}
