package mx.refahub.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.access.Tokens;
import org.junit.jupiter.api.Test;

class StoreImagesTest {
    private final String token =
            TestHub.bean(Tokens.class).forStore(TestShop.open().id, 1).value();

    @Test
    void a_store_asks_for_pictures_and_a_stranger_does_not() {
        String path = "/api/hubs/parts/" + UUID.randomUUID() + "/images";
        Machine.Answer none = Machine.get(path, token);
        assertThat(none.status()).isEqualTo(200);
        assertThat(none.json().size()).isZero();
        assertThat(Machine.get("/api/hubs/images/" + "0".repeat(64), token).status())
                .isEqualTo(404);
        assertThat(Machine.get("/api/hubs/images/..%2F..%2Fkeys", token).status())
                .isIn(400, 404);
        assertThat(Machine.get(path, "").status()).isEqualTo(401);
    }
}
