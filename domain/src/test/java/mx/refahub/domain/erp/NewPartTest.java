package mx.refahub.domain.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.Field;
import mx.refahub.domain.outside.OutsideKind;
import org.junit.jupiter.api.Test;

class NewPartTest {
    private final List<Field> fields = NewPart.fieldsAfter(Field.text("company", true, ""));

    private Field field(String name) {
        return fields.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_connection_offers_the_general_keys_and_takes_others_of_their_shape_alone() {
        assertThat(fields).extracting(Field::name).containsExactly("company", "satCode", "satUnit");
        assertThat(field("satCode").preset()).isEqualTo("01010101");
        assertThat(field("satUnit").preset()).isEqualTo("H87");
        assertThat(field("satCode").takes("25173900")).isTrue();
        for (String not : List.of("2517390", "251739000", "2517390A", "25 17390", "=1+1"))
            assertThat(field("satCode").takes(not)).as(not).isFalse();
        assertThat(field("satUnit").takes("XBX")).isTrue();
        for (String not : List.of("h87", "PIEZA", "H-8"))
            assertThat(field("satUnit").takes(not)).as(not).isFalse();
        assertThatThrownBy(() -> Field.shaped("satCode", "uno", "[0-9]{8}")).hasMessageContaining("preset");
    }

    @Test
    void new_parts_get_what_the_connection_says() {
        Connection connection = new Connection(
                new UUID(0, 1),
                new OutsideKind("sap", true, "", fields),
                "SAP",
                URI.create("https://sap.example"),
                Map.of("company", "UNO", "satCode", "25173900", "satUnit", "XBX"),
                Map.of());

        assertThat(NewPart.of(connection)).isEqualTo(new NewPart("25173900", "XBX"));
    }
}
