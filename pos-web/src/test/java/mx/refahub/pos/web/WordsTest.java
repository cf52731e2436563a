package mx.refahub.pos.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mx.refahub.domain.device.CashDrawer;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceField;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.search.Reason;
import org.junit.jupiter.api.Test;

/** Every sentence stands in both languages, and none is missing. */
class WordsTest {
    private static final Path SOURCES = Path.of("src/main/resources");
    private static final Path DOMAIN = Path.of("../domain/src/main/java/mx/refahub/domain");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

    private static Messages till() {
        return new Messages(List.of(
                new MessageFile("messages_web"),
                new MessageFile("messages_pos"),
                new MessageFile("messages_pos_devices"),
                new MessageFile("messages_pos_missing"),
                new MessageFile("messages_pos_returns"),
                new MessageFile("messages_pos_customers"),
                new MessageFile("messages_pos_tenders"),
                new MessageFile("messages_pos_prices"),
                new MessageFile("messages_pos_purchasing"),
                new MessageFile("messages_pos_buying"),
                new MessageFile("messages_pos_trust"),
                new MessageFile("messages_pos_stock"),
                new MessageFile("messages_pos_vouchers"),
                new MessageFile("messages_pos_market"),
                new MessageFile("messages_pos_lender"),
                new MessageFile("messages_pos_notes"),
                new MessageFile("messages_pos_kits"),
                new MessageFile("messages_pos_stations"),
                new MessageFile("messages_pos_promises")));
    }

    private static Messages console() {
        return new Messages(List.of(
                new MessageFile("messages_web"),
                new MessageFile("messages_console"),
                new MessageFile("messages_console_missing"),
                new MessageFile("messages_console_messages"),
                new MessageFile("messages_console_returns"),
                new MessageFile("messages_console_creditnotes"),
                new MessageFile("messages_console_factor"),
                new MessageFile("messages_console_customers"),
                new MessageFile("messages_console_tenders"),
                new MessageFile("messages_console_prices"),
                new MessageFile("messages_console_purchasing"),
                new MessageFile("messages_console_buying"),
                new MessageFile("messages_console_accounting"),
                new MessageFile("messages_console_deposits"),
                new MessageFile("messages_console_trust"),
                new MessageFile("messages_console_health"),
                new MessageFile("messages_console_cutoff"),
                new MessageFile("messages_console_stock"),
                new MessageFile("messages_console_cores"),
                new MessageFile("messages_console_commissions"),
                new MessageFile("messages_console_alerts"),
                new MessageFile("messages_console_sessions"),
                new MessageFile("messages_console_promises"),
                new MessageFile("messages_console_amazon"),
                new MessageFile("messages_console_odoo"),
                new MessageFile("messages_console_connections"),
                new MessageFile("messages_console_jobs"),
                new MessageFile("messages_console_workers"),
                new MessageFile("messages_console_marketplaces"),
                new MessageFile("messages_console_deliveries")));
    }

    @Test
    void a_day_is_said_as_people_say_it() {
        assertThat(till().text(Messages.SPANISH, "refusal.rate-too-old", "2026-11-09"))
                .contains("del 9 de noviembre de 2026 y");
        assertThat(till().text(Locale.ENGLISH, "refusal.rate-too-old", "2026-11-09"))
                .contains("9 November 2026");
        // No day at all: a number of a part may look like one.
        assertThat(till().text(Messages.SPANISH, "refusal.rate-too-old", "2026-13-45"))
                .contains("2026-13-45");
    }

    @Test
    void both_languages_have_the_same_keys_and_name_the_same_things() {
        for (Messages messages : List.of(till(), console())) sameKeys(messages);
    }

    private static void sameKeys(Messages messages) {
        Map<String, String> spanish = messages.all(Messages.SPANISH);
        Map<String, String> english = messages.all(Locale.ENGLISH);

        assertThat(english.keySet()).isEqualTo(spanish.keySet());
        spanish.forEach((key, sentence) -> {
            assertThat(sentence).as(key).isNotBlank();
            assertThat(placeholders(english.get(key))).as(key).isEqualTo(placeholders(sentence));
        });
    }

    private static Set<String> placeholders(String sentence) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(sentence);
        while (matcher.find()) found.add(matcher.group());
        return found;
    }

    @Test
    void a_clerk_never_reads_of_synchronising() {
        assertThat(till().all(Messages.SPANISH).values())
                .noneMatch(s -> s.toLowerCase(Locale.ROOT).contains("sincroniz")
                        || s.toLowerCase(Locale.ROOT).contains("sync"));
    }

    /** What ports of a store promise to refuse: the codes behind 'Refus…' in their documentation, and those that code names. */
    @Test
    void every_refusal_of_the_ports_of_a_store_has_a_sentence() {
        Pattern documented = Pattern.compile("Refus[^/]*?(?=\\*/|\\* @|<p>)", Pattern.DOTALL);
        Pattern code = Pattern.compile("\\{@code ([a-z]+(?:-[a-z]+)+)}");
        Pattern named = Pattern.compile("refused\\(\\s*\"([a-z-]+)\"");
        Map<String, String> codes = new TreeMap<>();
        for (String room : List.of("sale", "cash", "store", "device", "lostsale", "terminal", "credit")) {
            each(DOMAIN.resolve(room), ".java", (file, text) -> {
                Matcher paragraph = documented.matcher(text);
                while (paragraph.find()) {
                    Matcher inside = code.matcher(paragraph.group());
                    while (inside.find()) codes.put(inside.group(1), file);
                }
                Matcher direct = named.matcher(text);
                while (direct.find()) codes.put(direct.group(1), file);
            });
        }
        Path store = Path.of("../store-connector/src/main/java");
        if (Files.isDirectory(store))
            each(store, ".java", (file, text) -> {
                Matcher direct = named.matcher(text);
                while (direct.find()) codes.put(direct.group(1), file);
            });
        each(Path.of("src/main/java/mx/refahub/pos/counter"), ".java", (file, text) -> {
            Matcher direct = Pattern.compile("ActRefused\\.of\\(\"([a-z-]+)\"").matcher(text);
            while (direct.find()) codes.put(direct.group(1), file);
        });

        assertThat(codes)
                .hasSizeGreaterThan(20)
                .containsKeys("payment-short", "sign-in-locked", "hub-unreachable", "ticket-changed");
        Messages messages = till();
        codes.forEach((refusal, file) -> assertThat(messages.has("refusal." + refusal))
                .as("%s of %s", refusal, file)
                .isTrue());
    }

    @Test
    void every_problem_has_a_title_and_every_kind_a_word() {
        Messages messages = till();
        messages.all(Messages.SPANISH).keySet().stream()
                .filter(key -> key.startsWith("refusal."))
                .forEach(key -> assertThat(messages.has("problem.title."
                                + Problems.status(key.substring("refusal.".length()))
                                        .value()))
                        .as(key)
                        .isTrue());
        for (Reason.Kind kind : Reason.Kind.values()) {
            assertThat(messages.has("reason." + kind)).as(kind.name()).isTrue();
            assertThat(messages.has("reason." + kind + ".bare")).as(kind.name()).isTrue();
        }
        for (Interchange.Kind kind : Interchange.Kind.values())
            assertThat(messages.has("interchange." + kind)).isTrue();
        for (Tender.Kind kind : Tender.Kind.values())
            assertThat(messages.has("tender." + kind)).isTrue();
        for (CashDrawer.Reason reason : CashDrawer.Reason.values())
            assertThat(messages.has("opendrawer.reason." + reason)).isTrue();
        for (DeviceState.Condition condition : DeviceState.Condition.values())
            assertThat(messages.has("device.condition." + condition)).isTrue();
        for (DeviceKind kind : DeviceKind.values()) {
            assertThat(messages.has("device.kind." + kind)).isTrue();
            for (DeviceField field : Device.fields(kind))
                assertThat(messages.has("device.field." + field.name()))
                        .as(field.name())
                        .isTrue();
        }
    }

    @Test
    void every_text_that_the_tills_pages_ask_for_is_written() {
        everyTextIsWritten(till(), "pos", "display", "shared");
    }

    @Test
    void every_way_of_paying_every_role_and_every_kind_of_document_has_a_word_at_the_console()
            throws IllegalAccessException {
        Messages messages = console();
        for (Tender.Kind kind : Tender.Kind.values())
            assertThat(messages.has("account.kind." + kind)).as(kind.name()).isTrue();
        for (AccountRole role : AccountRole.values())
            assertThat(messages.has("account.role." + role)).as(role.name()).isTrue();
        for (Field field : DocumentType.class.getFields())
            if (field.getType() == String.class)
                assertThat(messages.has("document.type." + field.get(null)))
                        .as(field.getName())
                        .isTrue();
    }

    @Test
    void every_text_that_the_consoles_pages_ask_for_is_written() {
        everyTextIsWritten(console(), "console", "shared");
    }

    /** Every cause that the connector names for a device that does not work. */
    @Test
    void every_trouble_of_a_device_has_a_word() {
        Pattern named = Pattern.compile("DeviceState\\s*\\.(?:away|stopped|attention)\\(\\s*\"([a-z-]+)\"");
        Set<String> causes = new TreeSet<>();
        Path store = Path.of("../store-connector/src/main/java");
        each(store, ".java", (file, text) -> {
            Matcher matcher = named.matcher(text);
            while (matcher.find()) causes.add(matcher.group(1));
        });
        assertThat(causes)
                .contains("paper-out", "unreachable", "unplugged", "weight-moving")
                .allMatch(cause -> till().has("device.cause." + cause));
    }

    /** What the hub's rooms refuse, by the code that they name. */
    @Test
    void every_refusal_of_the_hub_has_a_sentence_in_the_console() {
        Pattern named = Pattern.compile("(?:refused|Refusal\\.of|ActRefused\\.of)\\(\\s*\"([a-z]+(?:-[a-z]+)+)\"");
        Set<String> codes = new TreeSet<>();
        for (String folder : List.of(
                "../hub/src/main/java/mx/refahub/hub/access",
                "../hub/src/main/java/mx/refahub/hub/proposal",
                "../hub/src/main/java/mx/refahub/hub/message",
                "../hub/src/main/java/mx/refahub/hub/board",
                "../routes/src/main/java",
                "../hub/src/main/java/mx/refahub/hub/customer",
                "../hub/src/main/java/mx/refahub/hub/returned",
                "../hub/src/main/java/mx/refahub/hub/rate",
                "../hub/src/main/java/mx/refahub/hub/purchase",
                "../hub/src/main/java/mx/refahub/hub/stock",
                "../domain/src/main/java/mx/refahub/domain/purchase",
                "../batch-jobs/src/main/java",
                "src/main/java/mx/refahub/pos/console"))
            each(Path.of(folder), ".java", (file, text) -> {
                Matcher direct = named.matcher(text);
                while (direct.find()) codes.add(direct.group(1));
            });
        assertThat(codes).hasSizeGreaterThan(15).allMatch(code -> console().has("refusal." + code));
    }

    /** What a person reads while a run moves, and before it is approved. */
    @Test
    void every_step_of_a_job_and_every_kind_of_change_has_words() {
        Pattern named = Pattern.compile("\\bstep\\(\\s*\"([a-z]+(?:-[a-z]+)*)\"");
        Set<String> steps = new TreeSet<>();
        each(Path.of("../batch-jobs/src/main/java"), ".java", (file, text) -> {
            Matcher matcher = named.matcher(text);
            while (matcher.find()) steps.add(matcher.group(1));
        });
        assertThat(steps)
                .contains("stage-suppliers", "check-cores", "compare", "publish")
                .allMatch(step -> console().has("step.name." + step));
        for (Jobs.Change.Kind kind : Jobs.Change.Kind.values())
            assertThat(console().has("preview." + kind.name().toLowerCase(Locale.ROOT)))
                    .as(kind.name())
                    .isTrue();
    }

    private static void everyTextIsWritten(Messages messages, String... folders) {
        Pattern asked = Pattern.compile("\\bt(n?)\\('([^']+)'([,)])");
        Set<String> found = new TreeSet<>();
        for (String folder : folders) {
            each(SOURCES.resolve(folder), ".js", (file, text) -> {
                Matcher matcher = asked.matcher(text);
                while (matcher.find()) {
                    String key = matcher.group(2);
                    found.add(key);
                    if (matcher.group(1).isEmpty())
                        assertThat(messages.has(key)).as("%s in %s", key, file).isTrue();
                    else {
                        assertThat(messages.has(key + ".one"))
                                .as("%s in %s", key, file)
                                .isTrue();
                        assertThat(messages.has(key + ".other"))
                                .as("%s in %s", key, file)
                                .isTrue();
                    }
                }
            });
        }
        assertThat(found).hasSizeGreaterThan(100);
    }

    @Test
    void a_sentence_is_filled_in_order_and_braces_of_other_kinds_stay() {
        Messages messages = till();
        assertThat(messages.text(Messages.SPANISH, "refusal.payment-short", "$8.00"))
                .startsWith("Faltan $8.00.");
        assertThat(messages.text(Messages.SPANISH, "no.such.key", "x")).isEqualTo("no.such.key");
        assertThat(messages.text(Messages.SPANISH, "a {b} {0}", "x")).isEqualTo("a {b} x");
    }

    private interface Reader {
        void read(String file, String text);
    }

    private static void each(Path folder, String ending, Reader reader) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(ending)).toList())
                reader.read(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
