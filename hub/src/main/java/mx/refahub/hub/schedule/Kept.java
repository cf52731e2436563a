package mx.refahub.hub.schedule;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.job.Schedules.Last;
import org.jspecify.annotations.Nullable;
import org.quartz.JobDataMap;

/** What Quartz keeps of a schedule for us, all of it text. */
final class Kept {
    static final String JOB = "job";
    static final String CRON = "cron";
    static final String MISSED = "missed";
    static final String MADE_BY = "madeBy";
    static final String LAST_AT = "lastAt";
    static final String LAST_RUN = "lastRun";
    static final String LAST_REFUSAL = "lastRefusal";
    private static final String PARAMETER = "parameter.";

    private Kept() {}

    static Map<String, String> parameters(JobDataMap kept) {
        Map<String, String> parameters = new HashMap<>();
        for (String key : kept.getKeys())
            if (key.startsWith(PARAMETER)) parameters.put(key.substring(PARAMETER.length()), kept.getString(key));
        return parameters;
    }

    static void putParameters(JobDataMap kept, Map<String, String> parameters) {
        parameters.forEach((name, value) -> kept.put(PARAMETER + name, value));
    }

    static void forgetLast(JobDataMap kept) {
        for (String key : List.of(LAST_AT, LAST_RUN, LAST_REFUSAL)) kept.remove(key);
    }

    static void copyLast(JobDataMap from, JobDataMap to) {
        for (String key : List.of(LAST_AT, LAST_RUN, LAST_REFUSAL))
            if (from.containsKey(key)) to.put(key, from.getString(key));
    }

    static @Nullable Last last(JobDataMap kept) {
        if (!kept.containsKey(LAST_AT)) return null;
        return new Last(
                Instant.parse(kept.getString(LAST_AT)),
                kept.containsKey(LAST_RUN) ? Long.valueOf(kept.getString(LAST_RUN)) : null,
                kept.containsKey(LAST_REFUSAL) ? refusal(kept.getString(LAST_REFUSAL)) : null);
    }

    private static Refusal refusal(String told) {
        List<String> texts = List.of(told.split("\n", -1));
        return new Refusal(texts.getFirst(), texts.subList(1, texts.size()));
    }
}
