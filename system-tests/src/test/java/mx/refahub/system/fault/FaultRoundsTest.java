package mx.refahub.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Both programs under load with a fault in each round. A short run by default; the long one is
 * {@code ./mvnw -Pfaults -Dfaults.rounds=N -Dfaults.seed=S}. What failed comes back with the seed that is printed.
 */
class FaultRoundsTest {
    /** A named place and a damaged file: what each build can afford. */
    private static final List<Fault> SHORT = List.of(Fault.AT_C12, Fault.LOCAL_JOURNAL_CORRUPTED);

    private static final Path REPORT = Path.of("target", "fault-rounds.txt");
    private static final List<String> LINES = new ArrayList<>();

    @Test
    void nothing_is_lost_and_nothing_doubled_whatever_breaks_and_each_mutant_is_caught()
            throws IOException, InterruptedException, SQLException {
        long seed = Long.getLong("faults.seed", 20_261_121L);
        int count = Integer.getInteger("faults.rounds", 0);
        List<Fault> faults = count == 0 ? SHORT : chosen(System.getProperty("faults.only", ""));
        List<String> broken = new ArrayList<>();
        try (Rounds rounds = Rounds.opened(seed)) {
            Evidence sound = null;
            for (int round = 0; round < (count == 0 ? SHORT.size() : count); round++) {
                Plan plan = Plan.of(seed, round, faults);
                Rounds.Result result = rounds.play(plan);
                say(table(result));
                if (result.holds()) sound = result.evidence();
                else {
                    broken.add(told(result));
                    say(told(result));
                }
            }
            assertThat(broken)
                    .as(
                            "seed %d brings it back: ./mvnw -Pfaults -Dfaults.rounds=%d -Dfaults.seed=%d",
                            seed, count, seed)
                    .isEmpty();
            assertThat(sound).isNotNull();
            everyMutantIsCaught(sound);
        }
    }

    private static void everyMutantIsCaught(Evidence sound) throws IOException {
        for (Mutant mutant : Mutant.values()) {
            List<String> found = Checker.check(mutant.of(sound)).get(mutant.breaks());
            say(String.format(
                    Locale.ROOT,
                    "mutant %-45s %-4s %s",
                    mutant,
                    mutant.breaks(),
                    found.isEmpty() ? "NOT CAUGHT" : "caught"));
            assertThat(found).as("%s is caught by %s", mutant, mutant.breaks()).isNotEmpty();
        }
        assertThat(Arrays.stream(Mutant.values()).map(Mutant::breaks).collect(Collectors.toSet()))
                .as("each invariant has a mutant")
                .containsExactlyInAnyOrder(Invariant.values());
    }

    private static List<Fault> chosen(String names) {
        return names.isBlank()
                ? List.of(Fault.values())
                : Arrays.stream(names.split(",")).map(Fault::valueOf).toList();
    }

    private static String table(Rounds.Result result) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "%3d %-24s", result.plan().round(), result.plan().fault()));
        result.found().forEach((invariant, found) -> line.append(found.isEmpty() ? " ok " : " " + invariant));
        return line.append("  ").append(result.note()).toString();
    }

    private static String told(Rounds.Result result) {
        return result.plan() + "\n"
                + result.found().entrySet().stream()
                        .filter(entry -> !entry.getValue().isEmpty())
                        .map(entry -> entry.getKey() + " (" + entry.getKey().says() + "): "
                                + entry.getValue().stream().limit(5).toList())
                        .collect(Collectors.joining("\n"));
    }

    /** Line by line: a long run that is broken off has its report too. */
    private static void say(String line) throws IOException {
        System.out.println(line);
        Files.createDirectories(REPORT.getParent());
        LINES.add(line);
        Files.write(REPORT, LINES, StandardCharsets.UTF_8);
    }
}
