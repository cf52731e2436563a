package mx.refahub.batch.run;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parameters of the kind FLAG, as forms and command lines send them. */
final class Flags {
    private static final Set<String> NO = Set.of("", "false", "no", "0", "off");

    private Flags() {}

    static boolean isSet(@Nullable String value) {
        return value != null && !NO.contains(value.strip().toLowerCase(Locale.ROOT));
    }
}
