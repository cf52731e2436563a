package mx.refahub.domain.notice;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells people of something. */
public interface Telling {
    /**
     * Writes a letter for each of the audience, in the caller's transaction: it leaves if that commits, and as often as that commits. Without a mail account in use nothing
     * is written.
     *
     * @param about what it is about, to be found by; null for nothing
     * @param values for the places of the event's template; what it does not name is left out
     * @return how many letters were written
     */
    int tell(NoticeEvent event, Audience audience, Language language, @Nullable UUID about, Map<String, String> values);
}
