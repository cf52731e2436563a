package mx.refahub.domain.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mx.refahub.domain.store.Person;

/**
 * Who changed what holds of the jobs, from what to what: rules, what follows what, schedules, days off. Part of the hub's audit trail, which is a chain: what is in it can neither be changed nor taken
 * out without showing. Implemented at the hub.
 */
public interface RuleTrail {
    /** Where there is no hub behind it. */
    RuleTrail NONE = new RuleTrail() {
        @Override
        public void changed(Person by, Act act, String about, List<Difference> differences) {}

        @Override
        public List<Entry> newest(int most) {
            return List.of();
        }
    };

    enum Act {
        RULE_PUT,
        RULE_RESET,
        FOLLOWER_MADE,
        FOLLOWER_DELETED,
        SCHEDULE_MADE,
        SCHEDULE_CHANGED,
        SCHEDULE_PAUSED,
        SCHEDULE_RESUMED,
        SCHEDULE_DELETED,
        DAY_OFF_PUT,
        DAY_OFF_FORGOTTEN,
        WEEK_PUT
    }

    /**
     * Called in the transaction of the change itself, so that one is never there without the other.
     *
     * @param about a job's name, or a day
     */
    void changed(Person by, Act act, String about, List<Difference> differences);

    /** Newest first. */
    List<Entry> newest(int most);

    /** @param before empty if there was nothing @param after empty if there is nothing any more */
    record Difference(String what, String before, String after) {
        /** Of two states, each by its fields' names, what is not the same. */
        public static List<Difference> between(Map<String, String> before, Map<String, String> after) {
            Set<String> names = new LinkedHashSet<>(before.keySet());
            names.addAll(after.keySet());
            List<Difference> differences = new ArrayList<>();
            for (String name : names) {
                String was = before.getOrDefault(name, "");
                String is = after.getOrDefault(name, "");
                if (!was.equals(is)) differences.add(new Difference(name, was, is));
            }
            return List.copyOf(differences);
        }
    }

    /** @param who by name, or as the trail has them if they are not known any more */
    record Entry(Instant at, String who, Act act, String about, List<Difference> differences) {
        private static final String FIELD = "\t";

        public Entry {
            differences = List.copyOf(differences);
        }

        /** As one text of the audit trail: what it is about, then a line for each difference. */
        public static String text(String about, List<Difference> differences) {
            StringBuilder text = new StringBuilder(clean(about));
            for (Difference one : differences)
                text.append('\n')
                        .append(clean(one.what()))
                        .append(FIELD)
                        .append(clean(one.before()))
                        .append(FIELD)
                        .append(clean(one.after()));
            return text.toString();
        }

        /** Empty if the text or the act is none of these. */
        public static Optional<Entry> of(Instant at, String who, String act, String text) {
            List<String> lines = List.of(text.split("\n", -1));
            List<Difference> differences = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.split(FIELD, -1);
                if (fields.length != 3) return Optional.empty();
                differences.add(new Difference(fields[0], fields[1], fields[2]));
            }
            for (Act known : Act.values())
                if (known.name().equals(act))
                    return Optional.of(new Entry(at, who, known, lines.getFirst(), differences));
            return Optional.empty();
        }

        private static String clean(String text) {
            return text.replaceAll("\\p{Cntrl}", " ");
        }
    }
}
