package mx.refahub.batch;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import mx.refahub.batch.partition.SliceWorker;
import mx.refahub.batch.partition.WorkSettings;
import mx.refahub.batch.partition.WorkerTable;
import mx.refahub.batch.run.SpringBatchJobs;
import mx.refahub.domain.Uuid7;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.job.SliceOrders;
import mx.refahub.domain.job.Workers;
import mx.refahub.domain.job.Workplace;
import mx.refahub.domain.search.PartIndex;

/** The jobs with their default settings over a database of their own, for measuring. */
public final class BatchHouse implements AutoCloseable {
    private final HikariDataSource database = Postgres.database();
    private final SpringBatchJobs jobs;

    private BatchHouse(Path folder, PartIndex index, Clock clock, Optional<SliceOrders> orders) {
        jobs = new BatchJobs()
                .jobs(
                        database,
                        index,
                        clock,
                        new Uuid7(clock, new Random()),
                        new BatchSettings(
                                folder.resolve("jobs"),
                                50_000,
                                "bench",
                                Duration.ofDays(1),
                                Duration.ofSeconds(5),
                                10,
                                Duration.ofMinutes(1)),
                        Hub.noBackups(),
                        new BatchJobs().supplierMappings(database),
                        Reach.nothingBut(orders, Optional.empty()),
                        WorkSettings.defaults());
        jobs.start();
    }

    public static BatchHouse open(Path folder, PartIndex index, Clock clock) {
        return new BatchHouse(folder, index, clock, Optional.empty());
    }

    /** @param orders how others are asked for work */
    public static BatchHouse open(Path folder, PartIndex index, Clock clock, SliceOrders orders) {
        return new BatchHouse(folder, index, clock, Optional.of(orders));
    }

    public Workers workers() {
        return new WorkerTable(database, WorkSettings.defaults());
    }

    /** Another process's hands, with connections of their own, in this one. */
    public SliceWorker worker(Path folder, String name, int chunk, WorkSettings work) {
        return new BatchWork()
                .sliceWorker(
                        database,
                        Clock.systemUTC(),
                        new BatchSettings(
                                folder.resolve("jobs"),
                                chunk,
                                name,
                                Duration.ofDays(1),
                                Duration.ofSeconds(5),
                                10,
                                Duration.ofMinutes(1)),
                        work,
                        new Workplace(name, false, "bench", 1),
                        new WorkerTable(database, work));
    }

    public HikariDataSource database() {
        return database;
    }

    public Jobs jobs() {
        return jobs;
    }

    @Override
    public void close() {
        jobs.stop();
        database.close();
    }
}
