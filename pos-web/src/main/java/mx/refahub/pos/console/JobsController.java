package mx.refahub.pos.console;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Jobs and their runs. */
@RestController
final class JobsController {
    private static final Logger log = LoggerFactory.getLogger(JobsController.class);
    private static final int MOST = 200;
    private final Jobs jobs;
    private final RunActs acts;
    private final UploadFolder uploads;
    private final ConsoleSettings settings;

    JobsController(Jobs jobs, RunActs acts, UploadFolder uploads, ConsoleSettings settings) {
        this.jobs = jobs;
        this.acts = acts;
        this.uploads = uploads;
        this.settings = settings;
    }

    /** @param uploadFileBytes largest file that is taken, so that the page can say so before sending it */
    record JobList(List<Job> jobs, long uploadFileBytes) {}

    record Job(String name, List<Parameter> parameters) {}

    /** @param preset what the form begins with; may be empty */
    record Parameter(String name, String kind, boolean required, List<String> choices, String preset) {}

    record Runs(List<RunRow> runs) {}

    @GetMapping("/console/api/jobs")
    JobList jobs() {
        return new JobList(
                jobs.all().stream()
                        .map(job -> new Job(
                                job.name(),
                                job.parameters().stream()
                                        .map(parameter -> new Parameter(
                                                parameter.name(),
                                                parameter.kind().name().toLowerCase(Locale.ROOT),
                                                parameter.required(),
                                                parameter.choices(),
                                                parameter.preset()))
                                        .toList()))
                        .toList(),
                settings.uploadFile().toBytes());
    }

    /** The files stand on disk already, as Tomcat wrote them while they came in; they are only looked at and moved. */
    @PostMapping(path = "/console/api/jobs/{job}/runs", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    RunRow start(@PathVariable String job, MultipartHttpServletRequest form, @AuthenticationPrincipal Person person)
            throws IOException {
        Map<String, MultipartFile> sent = new HashMap<>();
        for (Map.Entry<String, MultipartFile> field : form.getFileMap().entrySet()) {
            // A file field of a browser's form that was left empty comes without a name and without a byte.
            if (field.getValue().isEmpty()
                    && UploadFolder.shown(field.getValue().getOriginalFilename())
                            .isEmpty()) continue;
            Optional<Refusal> wrong = UploadFolder.check(field.getValue());
            if (wrong.isPresent()) throw new ActRefused(wrong.get());
            sent.put(field.getKey(), field.getValue());
        }
        Map<String, String> parameters = new HashMap<>();
        form.getParameterMap().forEach((name, values) -> {
            if (!values[0].isBlank()) parameters.put(name, values[0].strip());
        });
        Map<String, Path> files = new HashMap<>();
        boolean taken = false;
        try {
            for (Map.Entry<String, MultipartFile> field : sent.entrySet())
                files.put(field.getKey(), uploads.keep(field.getValue()));
            acts.starts(person, job);
            Outcome<Jobs.Run> outcome = jobs.start(job, parameters, files, person.name());
            taken = outcome instanceof Outcome.Done;
            if (outcome instanceof Outcome.Done<Jobs.Run>(Jobs.Run run))
                log.info("run started run={} job={} by={}", run.id(), run.job(), person.id());
            return RunRow.of(ActRefused.unlessDone(outcome));
        } finally {
            if (!taken) for (Path file : files.values()) Files.deleteIfExists(file);
        }
    }

    @GetMapping("/console/api/runs")
    Runs runs(@RequestParam(required = false) @Nullable String job, @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) throw ActRefused.of("limit-out-of-range", Integer.toString(MOST));
        String only = job == null || job.isBlank() ? null : job;
        return new Runs(jobs.runs(only, limit).stream().map(RunRow::of).toList());
    }

    @GetMapping("/console/api/runs/{id}")
    RunRow run(@PathVariable long id) {
        return RunRow.of(known(id));
    }

    @PostMapping("/console/api/runs/{id}/stop")
    RunRow stop(@PathVariable long id, @AuthenticationPrincipal Person person) {
        acts.does(person, "stop", id);
        return RunRow.of(ActRefused.unlessDone(jobs.stop(id)));
    }

    @PostMapping("/console/api/runs/{id}/restart")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RunRow restart(@PathVariable long id, @AuthenticationPrincipal Person person) {
        acts.does(person, "restart", id);
        return RunRow.of(ActRefused.unlessDone(jobs.restart(id)));
    }

    @GetMapping("/console/api/runs/{id}/rejects")
    ResponseEntity<StreamingResponseBody> rejects(@PathVariable long id) {
        Jobs.Run run = known(id);
        Path file = jobs.rejects(id).orElseThrow(() -> ActRefused.of("rejects-unknown", Long.toString(id)));
        // Of several files: each as it is fed again, made harmless already where it was written.
        boolean several = String.valueOf(file.getFileName()).endsWith(".zip");
        StreamingResponseBody body = out -> {
            if (several) {
                Files.copy(file, out);
                return;
            }
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                RejectsCsv.neutralise(reader, writer);
            }
            writer.flush();
        };
        String name = run.job() + "-" + id + (several ? "-rejects.zip" : "-rejects.csv");
        return ResponseEntity.ok()
                .contentType(
                        several
                                ? new MediaType("application", "zip")
                                : new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(body);
    }

    private Jobs.Run known(long id) {
        return jobs.run(id).orElseThrow(() -> ActRefused.of("run-unknown", Long.toString(id)));
    }
}
