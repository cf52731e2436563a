package mx.refahub.hub.alert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mx.refahub.domain.Failure;
import mx.refahub.domain.alert.AlertKind;
import mx.refahub.domain.alert.Alerts.Looked;
import mx.refahub.domain.alert.QueueDepths;
import mx.refahub.domain.job.Schedules;
import mx.refahub.domain.notice.Audience;
import mx.refahub.domain.notice.Language;
import mx.refahub.domain.notice.NoticeEvent;
import mx.refahub.domain.notice.Telling;
import mx.refahub.domain.store.Role;
import mx.refahub.hub.alert.WatchTable.TellRow;
import mx.refahub.hub.notice.JobNames;
import mx.refahub.hub.notice.LetterTexts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One look is one transaction: what it raises, ends and tells is written together, letters included. Of several processes one looks at a time; a look more or less
 * changes nothing, because each step asks what is still to do.
 */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final int MOST_TOLD = 1_000;
    /** Lines in one letter; the rest is a number. */
    private static final int MOST_LINES = 40;

    private static final long MEGABYTE = 1_048_576;
    private static final Duration KEPT = Duration.ofDays(400);
    private static final String LINK = "/console/alerts";
    private static final String REORDER_LINK = "/console/purchasing/reorder";
    private static final String SALES_LINK = "/console/documents";

    private final WatchTable table;
    private final Telling telling;
    private final LetterTexts texts;
    private final JobNames jobs;
    private final Supplier<Optional<QueueDepths>> queues;
    private final Supplier<Optional<Schedules>> schedules;
    private final Path disk;
    private final Clock clock;
    private final TransactionTemplate transaction;

    Watch(
            WatchTable table,
            Telling telling,
            LetterTexts texts,
            JobNames jobs,
            Supplier<Optional<QueueDepths>> queues,
            Supplier<Optional<Schedules>> schedules,
            Path disk,
            Clock clock,
            TransactionTemplate transaction) {
        this.table = table;
        this.telling = telling;
        this.texts = texts;
        this.jobs = jobs;
        this.queues = queues;
        this.schedules = schedules;
        this.disk = disk;
        this.clock = clock;
        this.transaction = transaction;
    }

    private record Reading(String subject, String name, String job, long value) {}

    Looked look() {
        // What is asked of others is asked before the transaction: a broker that answers slowly holds up nobody.
        Map<AlertKind, List<Reading>> readings = readings();
        Looked looked = transaction.execute(status -> table.lock() ? looked(readings) : new Looked(0, 0, 0));
        if (looked.raised() + looked.resolved() + looked.letters() > 0)
            LOG.info(
                    "alerts looked raised={} resolved={} letters={}",
                    looked.raised(),
                    looked.resolved(),
                    looked.letters());
        return looked;
    }

    /** Without the kinds that could not be asked. */
    private Map<AlertKind, List<Reading>> readings() {
        Map<AlertKind, List<Reading>> readings = new LinkedHashMap<>();
        try {
            readings.put(
                    AlertKind.QUEUE_DEPTH,
                    queues.get().map(QueueDepths::depths).orElse(Map.of()).entrySet().stream()
                            .map(queue -> new Reading(queue.getKey(), queue.getKey(), "", queue.getValue()))
                            .toList());
        } catch (Failure e) {
            LOG.warn("queues not measured reason={}", e.getMessage());
        }
        try {
            Files.createDirectories(disk);
            long free = Files.getFileStore(disk).getUsableSpace() / MEGABYTE;
            readings.put(AlertKind.DISK_LOW, List.of(new Reading("hub", "RefaHub", "", free)));
        } catch (IOException e) {
            LOG.warn("disk not measured folder={} reason={}", disk, e.getMessage());
        }
        return readings;
    }

    private List<Reading> overdue(Instant now) {
        Optional<Schedules> plans = schedules.get();
        if (plans.isEmpty()) return List.of();
        List<Reading> late = new ArrayList<>();
        for (WatchTable.DueRow row : table.overdue(now)) {
            String job = plans.get()
                    .find(UUID.fromString(row.schedule()))
                    .map(schedule -> schedule.plan().job())
                    .orElse("");
            if (!job.isEmpty()) late.add(new Reading(row.schedule(), job, job, row.minutes()));
        }
        return late;
    }

    private Looked looked(Map<AlertKind, List<Reading>> readings) {
        Instant now = clock.instant();
        String zone = table.zone();
        table.forgetLastLook();
        table.observeStores(now);
        table.observeJobs(now);
        observe(AlertKind.JOB_LATE, overdue(now));
        readings.forEach(this::observe);
        Set<AlertKind> known = EnumSet.allOf(AlertKind.class);
        for (AlertKind kind : List.of(AlertKind.QUEUE_DEPTH, AlertKind.DISK_LOW))
            if (!readings.containsKey(kind)) known.remove(kind);
        // Not measured at each look: it is over once it was told.
        known.removeIf(AlertKind::happens);
        int raised = table.raise(now).size() + table.raiseHappened(now).size();
        table.keepUp(now);
        table.calmDown(now, known.stream().map(Enum::name).toArray(String[]::new));
        int resolved = table.resolve(now).size();
        table.passOverEnds(now);
        int letters = 0;
        List<TellRow> untold = table.untold(now, zone, MOST_TOLD);
        List<TellRow> told = new ArrayList<>();
        letters += tell(NoticeEvent.ALERT_RAISED, untold, told);
        mark(told, "TOLD", now);
        table.calmHappened(now);
        List<TellRow> waiting = table.toRemind(now, zone, MOST_TOLD);
        List<TellRow> reminded = new ArrayList<>();
        letters += tell(NoticeEvent.ALERT_REMINDED, waiting, reminded);
        mark(reminded, "REMINDED", now);
        List<TellRow> ended = table.ended(now, zone, MOST_TOLD);
        letters += tell(NoticeEvent.ALERT_RESOLVED, ended, new ArrayList<>());
        if (!ended.isEmpty()) table.endTold(ids(ended), now);
        table.forget(now.minus(KEPT));
        return new Looked(raised, resolved, letters);
    }

    private void observe(AlertKind kind, List<Reading> readings) {
        if (readings.isEmpty()) return;
        table.observe(
                kind.name(),
                readings.stream().map(Reading::subject).toArray(String[]::new),
                readings.stream().map(Reading::name).toArray(String[]::new),
                readings.stream().map(Reading::job).toArray(String[]::new),
                readings.stream().map(Reading::value).toArray(Long[]::new));
    }

    private static UUID[] ids(List<TellRow> rows) {
        return rows.stream().map(TellRow::id).toArray(UUID[]::new);
    }

    private void mark(List<TellRow> rows, String what, Instant now) {
        if (rows.isEmpty()) return;
        if (what.equals("TOLD")) table.told(ids(rows), now);
        else table.reminded(ids(rows), now);
        table.note(ids(rows), what, "", "", now);
    }

    /**
     * One letter for each rule and recipient, however many stores it is about: when the network of all goes, nobody gets a hundred.
     *
     * @param told is given those of which somebody was written to: without an account, or with nobody to write to, nobody was told
     */
    private int tell(NoticeEvent event, List<TellRow> rows, List<TellRow> told) {
        int letters = 0;
        Map<UUID, List<TellRow>> byRule =
                rows.stream().collect(Collectors.groupingBy(TellRow::ruleId, LinkedHashMap::new, Collectors.toList()));
        for (List<TellRow> group : byRule.values()) {
            TellRow rule = group.getFirst();
            if (!rule.byMail()) continue;
            AlertKind kind = AlertKind.valueOf(rule.kind());
            Language language = Language.of(rule.language());
            NoticeEvent letter = letter(kind, event);
            int written = telling.tell(
                    letter,
                    new Audience(
                            Arrays.stream(rule.roles()).map(Role::valueOf).collect(Collectors.toSet()),
                            List.of(rule.persons()),
                            List.of(rule.addresses())),
                    language,
                    rule.ruleId(),
                    Map.of(
                            "rule",
                            rule.ruleName(),
                            "count",
                            Integer.toString(group.size()),
                            "lines",
                            lines(group, language),
                            "link",
                            switch (letter) {
                                case REORDER_ALERT, LOW_STOCK -> REORDER_LINK;
                                case NEW_SALE -> SALES_LINK;
                                default -> LINK;
                            }));
            if (written > 0) told.addAll(group);
            letters += written;
        }
        return letters;
    }

    private static NoticeEvent letter(AlertKind kind, NoticeEvent event) {
        if (event == NoticeEvent.ALERT_RESOLVED) return event;
        return switch (kind) {
            case REORDER -> NoticeEvent.REORDER_ALERT;
            case LOW_STOCK -> NoticeEvent.LOW_STOCK;
            case NEW_SALE -> NoticeEvent.NEW_SALE;
            default -> event;
        };
    }

    /** Of a frozen store the cause and the document, as the watch noted them; any other as it was noticed. */
    private String detail(TellRow row, Language language) {
        if (AlertKind.valueOf(row.kind()) != AlertKind.STORE_FROZEN) return row.detail();
        int blank = row.detail().indexOf(' ');
        return blank < 0
                ? ""
                : texts.text(language, "frozen." + row.detail().substring(0, blank))
                        .replace("{0}", row.detail().substring(blank + 1));
    }

    private String lines(List<TellRow> group, Language language) {
        List<String> lines = new ArrayList<>();
        for (TellRow row : group.subList(0, Math.min(group.size(), MOST_LINES)))
            lines.add(texts.text(language, "line." + row.kind())
                    .replace("{1}", Long.toString(row.value()))
                    .replace("{2}", detail(row, language))
                    .replace("{0}", AlertKind.valueOf(row.kind()).ofJobs() ? jobs.of(language, row.name()) : row.name())
                    .strip());
        if (group.size() > MOST_LINES)
            lines.add(texts.text(language, "line.more").replace("{0}", Integer.toString(group.size() - MOST_LINES)));
        return String.join("\n", lines);
    }
}
