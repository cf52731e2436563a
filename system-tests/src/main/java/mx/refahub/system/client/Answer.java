package mx.refahub.system.client;

import tools.jackson.databind.JsonNode;

/** What a process answered. {@code json} is a missing node when the body is empty or no JSON. */
public record Answer(int status, String text, JsonNode json) {
    public boolean isOk() {
        return status / 100 == 2;
    }

    /** @throws IllegalStateException with status and body if it is not a success */
    public Answer orThrow() {
        if (!isOk()) throw new IllegalStateException("HTTP " + status + ": " + text);
        return this;
    }
}
