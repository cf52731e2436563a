package mx.refahub.pos.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.PathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a person decides about a run: whether it may publish, and whether it is taken back; and the files that it has made. */
@RestController
final class RunDecisionsController {
    private final Jobs jobs;
    private final RunActs acts;

    RunDecisionsController(Jobs jobs, RunActs acts) {
        this.jobs = jobs;
        this.acts = acts;
    }

    record Preview(long run, List<Change> changes) {}

    record Change(String kind, long count, List<Jobs.Example> examples) {}

    record MadeFiles(List<Jobs.RunFile> files) {}

    @GetMapping("/console/api/runs/{id}/preview")
    Preview preview(@PathVariable long id) {
        known(id);
        Jobs.Preview found = jobs.preview(id).orElseThrow(() -> ActRefused.of("preview-unknown", Long.toString(id)));
        return new Preview(
                id,
                found.changes().stream()
                        .map(change -> new Change(
                                change.kind().name().toLowerCase(Locale.ROOT), change.count(), change.examples()))
                        .toList());
    }

    @PostMapping("/console/api/runs/{id}/approve")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RunRow approve(@PathVariable long id, @AuthenticationPrincipal Person person) {
        acts.does(person, "approve", id);
        return RunRow.of(ActRefused.unlessDone(jobs.approve(id, person.name())));
    }

    @PostMapping("/console/api/runs/{id}/discard")
    RunRow discard(@PathVariable long id, @AuthenticationPrincipal Person person) {
        acts.does(person, "discard", id);
        return RunRow.of(ActRefused.unlessDone(jobs.discard(id, person.name())));
    }

    @PostMapping("/console/api/runs/{id}/abandon")
    RunRow abandon(@PathVariable long id, @AuthenticationPrincipal Person person) {
        acts.does(person, "abandon", id);
        return RunRow.of(ActRefused.unlessDone(jobs.abandon(id, person.name())));
    }

    /** @param status as that of a run */
    record LogLine(
            Instant startedAt,
            @Nullable Instant endedAt,
            String step,
            String status,
            long read,
            long written,
            long skipped) {}

    record Details(
            long run,
            Map<String, String> parameters,
            @Nullable Instant approvalAskedAt,
            @Nullable Instant approvedAt,
            @Nullable String approvedBy,
            @Nullable Long undoneBy,
            List<LogLine> log) {}

    @GetMapping("/console/api/runs/{id}/details")
    Details details(@PathVariable long id) {
        Jobs.Details found = jobs.details(id).orElseThrow(() -> ActRefused.of("run-unknown", Long.toString(id)));
        return new Details(
                id,
                found.parameters(),
                found.approvalAskedAt(),
                found.approvedAt(),
                found.approvedBy(),
                found.undoneBy(),
                found.log().stream()
                        .map(line -> new LogLine(
                                line.startedAt(),
                                line.endedAt(),
                                line.step(),
                                line.status().name().toLowerCase(Locale.ROOT),
                                line.read(),
                                line.written(),
                                line.skipped()))
                        .toList());
    }

    @GetMapping("/console/api/runs/{id}/undo")
    Jobs.Undo undoable(@PathVariable long id) {
        return ActRefused.unlessDone(jobs.undoable(id));
    }

    @PostMapping("/console/api/runs/{id}/undo")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RunRow undo(@PathVariable long id, @AuthenticationPrincipal Person person) {
        acts.does(person, "undo", id);
        return RunRow.of(ActRefused.unlessDone(jobs.undo(id, person.name())));
    }

    @GetMapping("/console/api/runs/{id}/files")
    MadeFiles files(@PathVariable long id) {
        known(id);
        return new MadeFiles(jobs.files(id));
    }

    @GetMapping("/console/api/runs/{id}/file")
    ResponseEntity<Resource> file(@PathVariable long id, @RequestParam(defaultValue = "") String name)
            throws IOException {
        Jobs.Run run = known(id);
        Path file = jobs.file(id, name).orElseThrow(() -> ActRefused.of("run-file-unknown", name));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .contentLength(Files.size(file))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(run.job() + "-" + id + "-" + name)
                                .build()
                                .toString())
                .body(new PathResource(file));
    }

    private Jobs.Run known(long id) {
        return jobs.run(id).orElseThrow(() -> ActRefused.of("run-unknown", Long.toString(id)));
    }
}
