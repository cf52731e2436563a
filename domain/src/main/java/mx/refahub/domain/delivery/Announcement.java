package mx.refahub.domain.delivery;

import mx.refahub.domain.stream.Stream;

/** 'Stream X is at N': the store pulls what it lacks. */
public record Announcement(Stream stream, long version) implements DownMessage {
    @Override
    public String lastValueKey() {
        return "stream:" + stream.wireName();
    }
}
