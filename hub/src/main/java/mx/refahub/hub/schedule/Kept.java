package mx.refahub.hub.schedule;

import java.util.HashMap;
import java.util.Map;
import mx.refahub.domain.job.Schedules.OnDayOff;
import org.quartz.JobDataMap;

/** What Quartz keeps of a schedule for us, all of it text. */
final class Kept {
    static final String JOB = "job";
    static final String CRON = "cron";
    static final String MISSED = "missed";
    static final String ON_DAY_OFF = "onDayOff";
    static final String ZONE = "zone";
    static final String MADE_BY = "madeBy";
    private static final String PARAMETER = "parameter.";

    private Kept() {}

    static Map<String, String> parameters(JobDataMap kept) {
        Map<String, String> parameters = new HashMap<>();
        for (String key : kept.getKeys())
            if (key.startsWith(PARAMETER)) parameters.put(key.substring(PARAMETER.length()), kept.getString(key));
        return parameters;
    }

    /** Schedules of an older program have none: the calendar was of no account. */
    static OnDayOff onDayOff(JobDataMap kept) {
        String text = kept.getString(ON_DAY_OFF);
        return text == null ? OnDayOff.RUN : OnDayOff.valueOf(text);
    }

    static void putParameters(JobDataMap kept, Map<String, String> parameters) {
        parameters.forEach((name, value) -> kept.put(PARAMETER + name, value));
    }
}
