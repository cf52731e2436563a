package mx.refahub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;

/**
 * Every route has an id, named steps and an error policy, and docs/flows draws it as it is. Run with {@code -Dflows.write=true} to draw anew.
 */
class FlowsTest {
    static final Path FLOWS = Path.of("..", "docs", "flows");
    private static final String SUBJECT_VERB = "[a-z]+(-[a-z]+)+";

    record Drawn(String process, RouteDefinition route, RouteConfigurationDefinition policy) {}

    @Test
    void every_route_is_named_subject_verb_and_every_step_after_it() throws Exception {
        for (Drawn each : all()) {
            String id = each.route().getRouteId();
            assertThat(each.route().hasCustomIdAssigned())
                    .as("id of " + each.route())
                    .isTrue();
            assertThat(id).matches(SUBJECT_VERB);
            assertThat(steps(each.route())).as("steps of " + id).isNotEmpty().allSatisfy(step -> {
                assertThat(step.hasCustomIdAssigned()).as(step.toString()).isTrue();
                assertThat(step.getId()).startsWith(id + ".");
            });
            assertThat(steps(each.route()).size()).as("nodes of " + id).isLessThanOrEqualTo(12);
        }
    }

    @Test
    void every_route_has_an_error_policy_that_exists() throws Exception {
        assertThat(all()).allSatisfy(each -> {
            assertThat(each.policy())
                    .as("policy of " + each.route().getRouteId())
                    .isNotNull();
            assertThat(each.policy().getOnExceptions().isEmpty()
                            && each.policy().getErrorHandler() == null)
                    .as("policy " + each.policy().getId() + " that says nothing")
                    .isFalse();
        });
    }

    @Test
    void a_part_of_another_route_is_called_by_a_route_with_a_policy_of_its_own() throws Exception {
        for (DefaultCamelContext context : List.of(DrawnContexts.hub(), DrawnContexts.store())) {
            for (RouteDefinition part : context.getRouteDefinitions()) {
                if (!"caller".equals(part.getRouteConfigurationId())) continue;
                String address = part.getInput().getEndpointUri();
                boolean fromRoute = context.getRouteDefinitions().stream()
                        .filter(route -> !"caller".equals(route.getRouteConfigurationId()))
                        .anyMatch(route -> targets(route).contains(address));
                boolean fromPolicy = context.getRouteConfigurationDefinitions().stream()
                        .flatMap(policy -> policy.getOnExceptions().stream())
                        .flatMap(on -> on.getOutputs().stream())
                        .anyMatch(step -> step instanceof EndpointRequiredDefinition target
                                && address.equals(target.getEndpointUri()));
                assertThat(fromRoute || fromPolicy)
                        .as(part.getRouteId() + " is called")
                        .isTrue();
            }
        }
    }

    @Test
    void the_drawings_in_the_documentation_are_the_routes_as_they_are() throws Exception {
        Map<String, String> pages = new TreeMap<>();
        StringBuilder index = new StringBuilder("""
                # Flows

                Every route as the code defines it. Drawn by `FlowsTest`; `./mvnw -pl routes -am test -Dtest=FlowsTest -Dsurefire.failIfNoSpecifiedTests=false -Dflows.write=true` draws anew.
                What each is for: [architecture.md](../architecture.md), and which pattern it is: [patterns.md](../patterns.md).

                | route | process | error policy |
                |---|---|---|
                """);
        for (Drawn each : all()) {
            String id = each.route().getRouteId();
            pages.put(id + ".md", FlowDrawing.of(each.process(), each.route(), each.policy()));
            index.append("| [")
                    .append(id)
                    .append("](")
                    .append(id)
                    .append(".md) | ")
                    .append(each.process());
            index.append(" | ").append(each.policy().getId()).append(" |\n");
        }
        pages.put("README.md", index.toString());
        if (Boolean.getBoolean("flows.write")) write(pages);
        assertThat(committed()).isEqualTo(pages);
    }

    static List<Drawn> all() throws Exception {
        List<Drawn> all = new ArrayList<>();
        drawn("hub", DrawnContexts.hub(), all);
        drawn("store's child process", DrawnContexts.store(), all);
        return all;
    }

    private static void drawn(String process, DefaultCamelContext context, List<Drawn> all) {
        for (RouteDefinition route : context.getRouteDefinitions()) {
            RouteConfigurationDefinition policy = context.getRouteConfigurationDefinitions().stream()
                    .filter(each -> each.getId().equals(route.getRouteConfigurationId()))
                    .findFirst()
                    .orElse(null);
            all.add(new Drawn(process, route, policy));
        }
    }

    private static List<ProcessorDefinition<?>> steps(RouteDefinition route) {
        return steps(route.getOutputs());
    }

    /** Without what the error policy added, and without values set on the way. */
    private static List<ProcessorDefinition<?>> steps(List<ProcessorDefinition<?>> outputs) {
        List<ProcessorDefinition<?>> steps = new ArrayList<>();
        for (ProcessorDefinition<?> each : outputs) {
            if (each instanceof OnExceptionDefinition) continue;
            if (!List.of("setBody", "setProperty").contains(each.getShortName())) steps.add(each);
            if (each instanceof ChoiceDefinition choice) {
                choice.getWhenClauses().forEach(when -> steps.addAll(steps(when.getOutputs())));
                if (choice.getOtherwise() != null)
                    steps.addAll(steps(choice.getOtherwise().getOutputs()));
            } else {
                steps.addAll(steps(each.getOutputs()));
            }
        }
        return steps;
    }

    private static List<String> targets(RouteDefinition route) {
        List<String> targets = new ArrayList<>();
        for (ProcessorDefinition<?> step : steps(route)) {
            if (step instanceof EndpointRequiredDefinition target) targets.add(target.getEndpointUri());
            if (step instanceof EnrichDefinition more)
                targets.add(more.getExpression().getExpression());
        }
        return targets;
    }

    private static void write(Map<String, String> pages) throws IOException {
        Files.createDirectories(FLOWS);
        for (String stale : committed().keySet()) if (!pages.containsKey(stale)) Files.delete(FLOWS.resolve(stale));
        for (Map.Entry<String, String> page : pages.entrySet())
            Files.writeString(FLOWS.resolve(page.getKey()), page.getValue());
    }

    private static Map<String, String> committed() throws IOException {
        Map<String, String> pages = new TreeMap<>();
        if (!Files.isDirectory(FLOWS)) return pages;
        try (Stream<Path> files = Files.list(FLOWS)) {
            for (Path file : files.toList())
                pages.put(file.getFileName().toString(), Files.readString(file).replace("\r\n", "\n"));
        }
        return pages;
    }
}
