package mx.refahub.hub.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SlugTest {
    @Test
    void names_become_addresses() {
        assertThat(Slug.of("Refaccionaria Núñez & Hijos, S.A.").value()).isEqualTo("refaccionaria-nunez-hijos-s-a");
        assertThat(Slug.of("部品店").value()).isEqualTo("tienda");
        assertThat(Slug.of("Centro")
                        .unlessTaken(Set.of("centro", "centro-2")::contains)
                        .value())
                .isEqualTo("centro-3");
    }

    /** What the broker takes as the name of an address. */
    @Property
    void any_name_makes_an_address(@ForAll String name) {
        assertThat(Slug.of(name).value()).matches("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    }
}
