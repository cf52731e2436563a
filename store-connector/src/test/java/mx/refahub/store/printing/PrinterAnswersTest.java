package mx.refahub.store.printing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.store.wire.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bits after Epson's ESC/POS reference. 16 and 12 are what a printer that is well says (escpos-netprinter's own tests). */
class PrinterAnswersTest {
    private static final Duration SHORT = Duration.ofMillis(5);

    /** Answers to DLE EOT 1, 4, 2, 3 in hexadecimal, in the order in which they are asked. */
    @ParameterizedTest
    @CsvSource({
        "16 12, READY, ''",
        "12 12, READY, ''",
        "12 1E, ATTENTION, paper-near-end",
        "1A 72 32, STOPPED, paper-out",
        "1A 12 16, STOPPED, cover-open",
        "1A 12 52 1A, STOPPED, cutter",
        "1A 12 52 32, STOPPED, error",
        "1A 12 12, STOPPED, offline"
    })
    void a_printer_says_how_it_is(String answers, DeviceState.Condition condition, String cause) throws IOException {
        Optional<DeviceState> state = new EscPosAnswers(new Said(answers), SHORT).state();

        assertThat(state).contains(new DeviceState(condition, cause));
    }

    @Test
    void a_printer_that_says_nothing_is_not_taken_for_one_that_is_well() throws IOException {
        assertThat(new EscPosAnswers(new Said(""), SHORT).state()).isEmpty();
    }

    @Test
    void what_it_sends_unasked_is_understood_and_not_taken_for_an_answer() throws IOException {
        // Automatic status: cover open; between it the answer to the question.
        assertThat(new EscPosAnswers(new Said("30 00 00 0F 12 12"), SHORT).state())
                .contains(DeviceState.READY);
        assertThat(new EscPosAnswers(new Said("30 00 00 0F"), SHORT).state())
                .contains(DeviceState.stopped("cover-open"));
        assertThat(EscPosAnswers.automatic(0x18, 0, 0x0C)).isEqualTo(DeviceState.stopped("paper-out"));
        assertThat(EscPosAnswers.automatic(0x10, 0, 0x03)).isEqualTo(DeviceState.attention("paper-near-end"));
        assertThat(EscPosAnswers.automatic(0x18, 0x08, 0)).isEqualTo(DeviceState.stopped("cutter"));
        assertThat(EscPosAnswers.automatic(0x10, 0, 0)).isEqualTo(DeviceState.READY);
    }

    @Test
    void the_word_that_all_is_printed_may_come_while_something_else_is_asked() throws IOException {
        EscPosAnswers answers = new EscPosAnswers(new Said("00 12 12"), SHORT);
        answers.askWhenPrinted();

        assertThat(answers.state()).contains(DeviceState.READY);
        assertThat(answers.printed()).isTrue();
    }

    @Test
    void a_label_printer_says_in_three_strings_how_it_is() throws IOException {
        assertThat(label("030,0,0,0400,000,0,0,0,000,0,0,0", "000,0,0,0,0,2,4,0,00000000,1,000"))
                .contains(DeviceState.READY);
        assertThat(label("030,1,0,0400,000,0,0,0,000,0,0,0", "000,0,0,0,0,2,4,0,00000000,1,000"))
                .contains(DeviceState.stopped("paper-out"));
        assertThat(label("030,0,1,0400,000,0,0,0,000,0,0,0", "000,0,0,0,0,2,4,0,00000000,1,000"))
                .contains(DeviceState.stopped("paused"));
        assertThat(label("030,0,0,0400,000,0,0,0,000,0,0,0", "000,0,1,0,0,2,4,0,00000000,1,000"))
                .contains(DeviceState.stopped("cover-open"));
        assertThat(label("030,0,0,0400,000,0,0,0,000,0,0,0", "000,0,0,1,0,2,4,0,00000000,1,000"))
                .contains(DeviceState.stopped("ribbon-out"));
        assertThat(label("rubbish", "more")).isEmpty();
    }

    private static Optional<DeviceState> label(String first, String second) throws IOException {
        String said = "\u0002" + first + "\u0003\r\n\u0002" + second + "\u0003\r\n\u00021234,0\u0003\r\n";
        return new ZplAnswers(
                        new Said(HexFormat.ofDelimiter(" ")
                                .formatHex(said.getBytes(java.nio.charset.StandardCharsets.US_ASCII))),
                        SHORT)
                .state();
    }

    /** A wire on which these bytes come, one by one. */
    private static final class Said implements Wire {
        private final Deque<Byte> bytes = new ArrayDeque<>();

        Said(String hex) {
            if (!hex.isEmpty()) for (byte b : HexFormat.ofDelimiter(" ").parseHex(hex)) bytes.add(b);
        }

        @Override
        public void send(byte[] ignored) {}

        @Override
        public int receive(byte[] into, Duration limit) {
            if (bytes.isEmpty()) return SILENCE;
            into[0] = bytes.removeFirst();
            return 1;
        }

        @Override
        public void finish() {}

        @Override
        public boolean talksBack() {
            return true;
        }

        @Override
        public void close() {}
    }
}
