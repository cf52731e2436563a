package mx.refahub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** docs/patterns.md names routes and tests that exist, and leaves no route out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatternsTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| ([^|]+) \\| `([^`]+)` \\| [^|]+ \\| `(\\w+)\\.(\\w+)` \\|$");

    private final List<MatchResult> rows = rows();

    private static List<MatchResult> rows() {
        try {
            List<String> lines = Files.readAllLines(Path.of("..", "docs", "patterns.md")).stream()
                    .filter(line -> line.startsWith("| ") && !line.startsWith("| pattern "))
                    .toList();
            assertThat(lines).allSatisfy(line -> assertThat(line).matches(ROW));
            return lines.stream().flatMap(line -> ROW.matcher(line).results()).toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void every_route_is_named_and_every_named_route_exists() throws Exception {
        TreeSet<String> routes = new TreeSet<>();
        for (FlowsTest.Drawn each : FlowsTest.all()) routes.add(each.route().getRouteId());
        TreeSet<String> named = new TreeSet<>();
        rows.forEach(row -> named.add(row.group(2)));
        assertThat(named).isEqualTo(routes);
    }

    @Test
    void every_named_test_exists_and_is_a_test() {
        assertThat(rows)
                .hasSizeGreaterThan(20)
                .allSatisfy(row -> assertThat(Class.forName("mx.refahub.routes." + row.group(3))
                                .getDeclaredMethod(row.group(4))
                                .isAnnotationPresent(Test.class))
                        .as(row.group())
                        .isTrue());
    }
}
