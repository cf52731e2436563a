package mx.refahub.routes;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.WireTapDefinition;

/** A route as a page: its id, its drawing, its error policy. */
final class FlowDrawing {
    private final StringBuilder page = new StringBuilder();
    private int nodes;

    private FlowDrawing() {}

    static String of(String process, RouteDefinition route, RouteConfigurationDefinition policy) {
        FlowDrawing drawing = new FlowDrawing();
        drawing.draw(process, route, policy);
        return drawing.page.toString();
    }

    private void draw(String process, RouteDefinition route, RouteConfigurationDefinition policy) {
        page.append("# ").append(route.getRouteId()).append("\n\n");
        page.append("In the ").append(process).append(".\n\n```mermaid\nflowchart LR\n");
        String from = node("([\"" + address(route.getInput().getEndpointUri()) + "\"])");
        sequence(from, "-->", route.getOutputs());
        page.append("```\n\n## When a step fails: `").append(policy.getId()).append("`\n\n");
        if (policy.getOnExceptions().isEmpty())
            page.append("The failure goes to the route that called this one, and its policy counts.\n");
        for (OnExceptionDefinition on : policy.getOnExceptions())
            page.append("- ")
                    .append(text(on, policy.getOnExceptions().size() == 1))
                    .append('\n');
    }

    /** @return the last node, from which the next one goes on */
    private String sequence(String from, String arrow, List<ProcessorDefinition<?>> steps) {
        String last = from;
        String way = arrow;
        for (ProcessorDefinition<?> step : steps) {
            if (step instanceof OnExceptionDefinition) continue;
            if (step.getShortName().startsWith("set") || step.getShortName().startsWith("remove")) {
                if (!step.hasCustomIdAssigned()) continue;
            }
            String shape = switch (step) {
                case ChoiceDefinition choice -> "{\"" + label(choice) + "\"}";
                case FilterDefinition filter -> "{\"" + label(filter) + "\"}";
                case SplitDefinition split -> "[/\"" + label(split) + "\"/]";
                case EndpointRequiredDefinition target ->
                    "([\"" + label(step) + "<br/>" + address(target.getEndpointUri()) + "\"])";
                case ToDynamicDefinition target -> "([\"" + label(step) + "<br/>" + address(target.getUri()) + "\"])";
                case EnrichDefinition more ->
                    "([\"" + label(step) + "<br/>"
                            + address(more.getExpression().getExpression()) + "\"])";
                case BeanDefinition bean -> "[\"" + label(bean) + "<br/>" + call(bean) + "\"]";
                default -> "[\"" + label(step) + "\"]";
            };
            String node = node(shape);
            line(last, step instanceof WireTapDefinition<?> ? "-. copy .->" : way, node);
            way = "-->";
            switch (step) {
                case ChoiceDefinition choice -> {
                    for (WhenDefinition when : choice.getWhenClauses())
                        sequence(node, "-- " + condition(when) + " -->", when.getOutputs());
                    if (choice.getOtherwise() != null)
                        sequence(node, "-- else -->", choice.getOtherwise().getOutputs());
                }
                case FilterDefinition filter -> sequence(node, "-- yes -->", filter.getOutputs());
                case SplitDefinition split -> sequence(node, "-- each -->", split.getOutputs());
                case IdempotentConsumerDefinition once -> sequence(node, "-- new -->", once.getOutputs());
                default -> {}
            }
            if (!(step instanceof WireTapDefinition<?>)) last = node;
        }
        return last;
    }

    private String node(String shape) {
        String name = "n" + nodes++;
        page.append("  ").append(name).append(shape).append('\n');
        return name;
    }

    private void line(String from, String arrow, String to) {
        page.append("  ")
                .append(from)
                .append(' ')
                .append(arrow)
                .append(' ')
                .append(to)
                .append('\n');
    }

    private static String label(ProcessorDefinition<?> step) {
        String id = step.getId();
        return step.getShortName() + " " + id.substring(id.indexOf('.') + 1);
    }

    private static String call(BeanDefinition bean) {
        Class<?> type =
                bean.getBean() == null ? bean.getBeanClass() : bean.getBean().getClass();
        return (type == null ? "" : type.getSimpleName() + ".") + bean.getMethod();
    }

    /** The names of the types a message is sorted by. */
    private static String condition(WhenDefinition when) {
        return Pattern.compile("instanceof (?:[a-z]+\\.)*([A-Za-z.$]+)")
                .matcher(when.getLabel())
                .results()
                .map(each -> each.group(1).replaceAll("^.*[.$]", ""))
                .collect(Collectors.joining(" or "));
    }

    private static String address(String uri) {
        int options = uri.indexOf('?');
        String plain = (options < 0 ? uri : uri.substring(0, options)).replace("%23", "#");
        if (!plain.startsWith("timer:")) return plain;
        if (uri.contains("repeatCount=1")) return "once at the start";
        return "every " + uri.replaceAll(".*period=(\\d+).*", "$1") + " ms";
    }

    private static String text(OnExceptionDefinition on, boolean alone) {
        String when = on.getOnWhen() == null
                ? alone ? "anything" : "anything else"
                : on.getOnWhen().getExpression().toString().replaceAll(".*kind=([A-Z]+).*", "$1");
        RedeliveryPolicyDefinition tries = on.getRedeliveryPolicyType();
        String again = switch (tries.getMaximumRedeliveries()) {
            case "0" -> "not tried again";
            case "-1" ->
                "tried again in place without end, " + tries.getRedeliveryDelay() + " ms apart and more, up to "
                        + tries.getMaximumRedeliveryDelay() + " ms";
            default ->
                "tried again " + tries.getMaximumRedeliveries() + " times, " + tries.getRedeliveryDelay() + " ms apart";
        };
        String then = on.getHandled() == null && on.getHandledPolicy() == null
                ? "-1".equals(tries.getMaximumRedeliveries()) ? "" : "; then the failure goes to who asked"
                : on.getOutputs().stream()
                        .map(step -> step instanceof EndpointRequiredDefinition target
                                ? "; then the message goes to `" + target.getEndpointUri() + "`"
                                : "; then it is written to the log and dealt with")
                        .findFirst()
                        .orElse("; then dealt with");
        return "**" + when.toLowerCase(Locale.ROOT) + "**: " + again + then;
    }
}
