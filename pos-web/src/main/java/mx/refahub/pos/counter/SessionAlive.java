package mx.refahub.pos.counter;

import jakarta.servlet.http.HttpSession;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Whether the session that opened a stream still stands; a caller with a token has none and stays as long as the stream lives. */
record SessionAlive(@Nullable HttpSession session) implements BooleanSupplier {
    @Override
    public boolean getAsBoolean() {
        if (session == null) return true;
        try {
            return session.getLastAccessedTime() > 0;
        } catch (IllegalStateException signedOut) {
            return false;
        }
    }
}
