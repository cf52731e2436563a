package mx.refahub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(Path folder, Map<String, String> settings, String... arguments) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("refahub.store.data-dir", folder.toString());
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        return HardwareCommand.run(all, printed, printed, arguments);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void one_line_for_each_device_and_a_status_that_a_script_can_use(@TempDir Path folder) {
        TestStore store = TestStore.open(folder);
        store.sales.change(session -> session.updateOne(
                "insert into device (id, kind, name, settings, changed_at, changed_by) values (?, ?, ?, ?, ?, ?)",
                "bascula",
                "SCALE",
                "Báscula",
                "{\"protocol\":\"CAS\"}",
                store.clock.instant(),
                "-"));

        assertThat(run(folder, Map.of(), "--print")).isZero();
        assertThat(said().lines())
                .anyMatch(line -> line.matches("ok +tickets +receipt-printer +simulated +ready printed"))
                .anyMatch(line -> line.matches("ok +bascula +scale +simulated +ready 0\\.000 kg"))
                .hasSize(2);
        store.close();
    }

    @Test
    void what_does_not_answer_fails_and_what_is_not_there_is_said(@TempDir Path folder) {
        Map<String, String> dead = Map.of("refahub.store.printer.host", "127.0.0.1", "refahub.store.printer.port", "1");

        assertThat(run(folder, dead)).isEqualTo(1);
        assertThat(said()).containsPattern("FAIL tickets +receipt-printer +127\\.0\\.0\\.1:1 +unreachable");
        assertThat(run(folder, Map.of(), "no-hay")).isEqualTo(2);
        assertThat(said()).contains("[tickets]");
    }
}
