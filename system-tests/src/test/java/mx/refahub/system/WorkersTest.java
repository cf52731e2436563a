package mx.refahub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import mx.refahub.domain.Failpoint;
import mx.refahub.system.client.HubHands;
import mx.refahub.system.process.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A hub and two workers, three processes of one program on one machine. One dies in the middle of a slice. Nothing is published: other tests have the same shop. */
@ExtendWith(OneShop.class)
class WorkersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROWS = 6_000;
    private static final String CHUNK = "--refahub.batch.chunk=200";

    private final Shop shop;

    WorkersTest(Shop shop) {
        this.shop = shop;
    }

    @Test
    void a_worker_that_dies_in_the_middle_costs_its_chunk_and_the_others_finish_the_file()
            throws IOException, InterruptedException {
        try (ServerProcess doomed = shop.startWorker(
                        "doomed", Map.of("REFAHUB_FAILPOINTS", Failpoint.SLICE_STAGED_NOT_COMMITTED + "=1@3"), CHUNK);
                ServerProcess other = shop.startWorker("other", Map.of(), CHUNK)) {
            HubHands hub = shop.signedInHub();
            Shop.await("both workers are there", () -> alive(hub).containsAll(List.of("doomed", "other")));

            Shop.Printed printed = shop.run("catalogue-import", Map.of("parts", file(), "approve", Path.of("true")));

            assertThat(printed.exit()).as(printed.text()).isZero();
            assertThat(doomed.awaitEnd(PATIENCE)).isEqualTo(Failpoint.EXIT_STATUS);
            assertThat(other.isAlive()).isTrue();
            JsonNode run = hub.http()
                    .get("/console/api/runs?limit=1")
                    .orThrow()
                    .json()
                    .path("runs")
                    .path(0);
            String address = "/console/api/runs/" + run.path("id").asLong();
            assertThat(run.path("status").asString()).isEqualTo("waiting_for_approval");
            assertThat(StreamSupport.stream(run.path("steps").spliterator(), false)
                            .filter(step -> step.path("name").asString().equals("stage-parts")))
                    .singleElement()
                    .satisfies(step -> {
                        assertThat(step.path("read").asLong()).isEqualTo(ROWS);
                        assertThat(step.path("written").asLong()).isEqualTo(ROWS);
                        assertThat(step.path("status").asString()).isEqualTo("done");
                    });
            List<JsonNode> slices = list(hub, address + "/slices", "slices");
            assertThat(slices)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(
                            slice -> assertThat(slice.path("status").asString()).isEqualTo("done"));
            assertThat(slices)
                    .filteredOn(slice -> slice.path("attempts").asInt() == 2)
                    .singleElement()
                    .satisfies(
                            slice -> assertThat(slice.path("worker").asString()).isNotEqualTo("doomed"));
            assertThat(slices).anyMatch(slice -> slice.path("worker").asString().equals("other"));
            assertThat(list(hub, address + "/preview", "changes"))
                    .filteredOn(change -> change.path("kind").asString().equals("part_new"))
                    .singleElement()
                    .satisfies(
                            change -> assertThat(change.path("count").asLong()).isEqualTo(ROWS));
            hub.http().post(address + "/discard", Map.of()).orThrow();
        }
    }

    private static List<String> alive(HubHands hub) throws IOException, InterruptedException {
        return list(hub, "/console/api/workers", "workers").stream()
                .filter(worker -> worker.path("alive").asBoolean())
                .map(worker -> worker.path("name").asString())
                .toList();
    }

    private static List<JsonNode> list(HubHands hub, String address, String name)
            throws IOException, InterruptedException {
        return StreamSupport.stream(
                        hub.http().get(address).orThrow().json().path(name).spliterator(), false)
                .toList();
    }

    private Path file() throws IOException {
        StringBuilder rows = new StringBuilder(OfflineSaleTest.HEADER);
        for (int i = 0; i < ROWS; i++) rows.append(OfflineSaleTest.NEW_PART.replace("Ñandú-№7/α", "WRK-" + i));
        return shop.file("shared.csv", rows.toString());
    }
}
