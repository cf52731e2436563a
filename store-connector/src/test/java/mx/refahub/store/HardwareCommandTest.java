package mx.refahub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mx.refahub.store.command.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareCommandTest {
    private static Answer test(Path folder, List<String> settings, boolean print, String... only) {
        List<String> all = new ArrayList<>(settings);
        all.add("--refahub.store.data-dir=" + folder);
        return HardwareCommand.test(all, print, false, List.of(only));
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

        Answer answer = test(folder, List.of(), true);

        assertThat(answer.exit()).isEqualTo(Answer.DONE);
        assertThat(answer.lines())
                .anyMatch(
                        line -> line.matches("bien +tickets +impresora de tickets +simulada +lista \\(se imprimió\\)"))
                .anyMatch(line -> line.matches("bien +bascula +báscula +simulada +lista 0\\.000 kg"))
                .hasSize(2);
        store.close();
    }

    @Test
    void what_does_not_answer_fails_with_what_to_do_and_what_is_not_there_is_said(@TempDir Path folder) {
        Answer dead = test(
                folder, List.of("--refahub.store.printer.host=127.0.0.1", "--refahub.store.printer.port=1"), false);

        assertThat(dead.exit()).isEqualTo(Answer.NOT_RIGHT);
        assertThat(dead.lines())
                .singleElement()
                .asString()
                .matches("FALLA +tickets +impresora de tickets +127\\.0\\.0\\.1:1 +no contesta: revisa .*");
        Answer unknown = test(folder, List.of(), false, "tickets", "no-hay");
        assertThat(unknown.exit()).isEqualTo(Answer.USAGE);
        assertThat(unknown.lines()).containsExactly("no hay aparato no-hay; hay: tickets");
    }
}
