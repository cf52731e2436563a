package mx.refahub.hub.command;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import mx.refahub.hub.command.HubClient.Run;
import mx.refahub.hub.command.HubClient.Step;
import org.jspecify.annotations.Nullable;

/** A line per step when it begins and ends, and in between whenever another tenth is done: readable on a terminal and in a log. */
final class Progress {
    private final PrintWriter out;
    private final Map<String, String> shown = new HashMap<>();

    Progress(PrintWriter out) {
        this.out = out;
    }

    void show(Run run) {
        for (Step step : run.steps()) {
            String state = step.status() + tenth(step);
            if (state.equals(shown.put(step.name(), state))) continue;
            out.println(line(step));
        }
    }

    private static String tenth(Step step) {
        Integer percent = step.percent();
        return percent == null ? "" : Integer.toString(percent / 10);
    }

    static String line(Step step) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-24s %-8s", step.name(), step.status()));
        // A step that is one statement counts nothing.
        if (step.read() > 0 || (step.total() != null && step.total() > 0))
            line.append(String.format(Locale.ROOT, " %,d", step.read()))
                    .append(of(step.total()))
                    .append(" rows");
        if (step.skipped() > 0) line.append(String.format(Locale.ROOT, ", %,d rejected", step.skipped()));
        Long left = step.secondsLeft();
        if (left != null && left > 0) line.append(", about ").append(left).append(" s left");
        return line.toString().stripTrailing();
    }

    private static String of(@Nullable Long total) {
        return total == null ? "" : String.format(Locale.ROOT, " of %,d", total);
    }
}
