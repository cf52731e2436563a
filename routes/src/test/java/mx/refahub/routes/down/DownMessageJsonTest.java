package mx.refahub.routes.down;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.Announcement;
import mx.refahub.domain.delivery.Command;
import mx.refahub.domain.delivery.DownMessage;
import mx.refahub.domain.delivery.GapRequest;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownMessageJsonTest {
    private static final StoreId STORE = StoreId.of("0190a000-0000-7000-8000-000000000001");

    static java.util.stream.Stream<DownMessage> every_message() {
        return java.util.stream.Stream.of(
                new Acknowledgement(STORE, 3, 9, Long.MAX_VALUE, Sha256.digest(new byte[] {1})),
                new Acknowledgement(STORE, 1, 1, 0, Sha256.NONE),
                new GapRequest(STORE, 1, 2, 77),
                new Announcement(Stream.CATALOGUE, 12),
                new Announcement(Stream.SETTINGS, 1),
                new Command(UUID.fromString("0190a000-0000-7000-8000-0000000000aa"), Command.Kind.FORCE_SYNC),
                new Command(UUID.fromString("0190a000-0000-7000-8000-0000000000ab"), Command.Kind.STATUS));
    }

    @ParameterizedTest
    @MethodSource("every_message")
    void what_is_written_is_read_again(DownMessage message) {
        assertThat(DownMessageJson.read(DownMessageJson.write(message))).contains(message);
    }

    @Test
    void the_wire_form_is_this() {
        assertThat(DownMessageJson.write(new Announcement(Stream.PRICES, 4)))
                .isEqualTo("{\"type\":\"announcement\",\"stream\":\"prices\",\"version\":4}");
        assertThat(DownMessageJson.write(new GapRequest(STORE, 1, 2, 77)))
                .isEqualTo("{\"type\":\"gap\",\"store\":\"" + STORE + "\",\"epoch\":1,\"hubEpoch\":2,\"from\":77}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"tomorrow\",\"x\":1}",
                "{}",
                "{\"type\":\"announcement\",\"stream\":\"weather\",\"version\":4}",
                "{\"type\":\"command\",\"id\":\"0190a000-0000-7000-8000-0000000000aa\",\"kind\":\"SELF_DESTRUCT\"}"
            })
    void what_a_newer_hub_says_is_passed_over(String text) {
        assertThat(DownMessageJson.read(text)).isEmpty();
    }

    @Test
    void fields_that_are_not_known_do_no_harm_even_if_they_name_classes() {
        assertThat(DownMessageJson.read(
                        "{\"@class\":\"java.lang.ProcessBuilder\",\"type\":\"announcement\",\"stream\":\"prices\","
                                + "\"version\":4,\"because\":{\"type\":\"command\"}}"))
                .contains(new Announcement(Stream.PRICES, 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "not json",
                "{\"type\":\"announcement\"",
                "{\"type\":\"announcement\",\"stream\":\"prices\"}",
                "{\"type\":\"announcement\",\"stream\":\"prices\",\"version\":\"4\"}",
                "{\"type\":\"gap\",\"store\":\"nobody\",\"epoch\":1,\"hubEpoch\":1,\"from\":1}",
                "{\"type\":\"acknowledgement\",\"store\":\"0190a000-0000-7000-8000-000000000001\",\"epoch\":1,\"hubEpoch\":1,\"landed\":1,\"hash\":\"00\"}",
                "{\"type\":\"command\",\"id\":\"7\",\"kind\":\"STATUS\"}"
            })
    void what_is_broken_is_rejected(String text) {
        assertThatThrownBy(() -> DownMessageJson.read(text))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.REJECTED));
    }

    @Test
    void a_text_without_end_is_not_even_parsed() {
        assertThatThrownBy(() -> DownMessageJson.read("[".repeat(100_000))).hasMessageContaining("100000 characters");
        assertThatThrownBy(() -> DownMessageJson.read("[".repeat(50_000))).isInstanceOf(Failure.class);
    }
}
