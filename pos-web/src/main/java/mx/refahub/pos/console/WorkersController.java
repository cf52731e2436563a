package mx.refahub.pos.console;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import mx.refahub.domain.job.Workers;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Processes that share the work of the runs, and how a run is shared. */
@RestController
final class WorkersController {
    private final Workers workers;

    WorkersController(Workers workers) {
        this.workers = workers;
    }

    record WorkerList(List<Worker> workers) {}

    /** @param doing null while it waits for work */
    record Worker(
            String name,
            String role,
            String host,
            long pid,
            Instant startedAt,
            Instant beatAt,
            boolean alive,
            @Nullable Doing doing) {}

    record Doing(long run, String job, String step, int slice) {}

    record SliceList(List<Slice> slices) {}

    record Slice(
            String step,
            int number,
            String status,
            @Nullable String worker,
            int attempts,
            long read,
            long written,
            long skipped) {}

    @GetMapping("/console/api/workers")
    WorkerList workers() {
        return new WorkerList(workers.all().stream().map(WorkersController::row).toList());
    }

    private static Worker row(Workers.Worker worker) {
        Workers.Doing doing = worker.doing();
        return new Worker(
                worker.name(),
                worker.hub() ? "hub" : "worker",
                worker.host(),
                worker.pid(),
                worker.startedAt(),
                worker.beatAt(),
                worker.alive(),
                doing == null ? null : new Doing(doing.run(), doing.job(), doing.step(), doing.slice()));
    }

    @GetMapping("/console/api/runs/{id}/slices")
    SliceList slices(@PathVariable long id) {
        return new SliceList(workers.slices(id).stream()
                .map(slice -> new Slice(
                        slice.step(),
                        slice.number(),
                        slice.status().name().toLowerCase(Locale.ROOT),
                        slice.worker(),
                        slice.attempts(),
                        slice.read(),
                        slice.written(),
                        slice.skipped()))
                .toList());
    }
}
