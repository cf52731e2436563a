package mx.refahub.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.delivery.BrokerAccounts;
import mx.refahub.domain.document.Documents;
import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.hub.CutOffs;
import mx.refahub.domain.hub.Sessions;
import mx.refahub.domain.store.OneTimeSecret;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.access.Tokens;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;
import tools.jackson.databind.JsonNode;

class RegistrationTest {
    private static final String PASSWORD = "Balata-Jetta-2015";
    private final KeyPair keys = Documents.keys();
    private final String unique = UUID.randomUUID().toString().substring(0, 8);

    @Test
    void a_store_registers_with_an_administrators_token_and_then_comes_in_by_its_own_secret() throws Exception {
        JsonNode made = register(administratorsToken(), call(Map.of())).json();

        assertThat(made.path("slug").asString()).isEqualTo("refaccionaria-nunez-" + unique);
        assertThat(made.path("epoch").asInt()).isEqualTo(1);
        assertThat(made.path("hub_epoch").asLong()).isPositive();
        assertThat(made.path("tunnel_port").asInt()).isGreaterThan(20_000);
        assertThat(made.path("tunnel_token").asString()).hasSize(43);
        assertThat(made.at("/broker/url").asString()).isEqualTo("tcp://broker.test:61616");
        assertThat(made.at("/registers/0/name").asString()).isEqualTo("Caja 1");
        assertThat(made.at("/registers/0/prefix").asString()).matches("C[0-9]+");
        assertThat(made.at("/cashier/user").asString()).isEqualTo("marta." + unique);
        assertThat(new OneTimeSecret(made.at("/cashier/code").asString()).hash())
                .isEqualTo(TestHub.sql()
                        .sql("select code_hash from person where username = ?")
                        .param("marta." + unique)
                        .query(String.class)
                        .single());
        assertThat(made.at("/cashier/code_expires_at").asString()).isNotEmpty();
        String pem = made.path("public_key").asString().replaceAll("-----[A-Z ]+-----|\\s", "");
        assertThat(KeyFactory.getInstance("RSA")
                        .generatePublic(
                                new X509EncodedKeySpec(Base64.getDecoder().decode(pem))))
                .isInstanceOf(RSAPublicKey.class);

        String secret = made.path("secret").asString();
        Machine.Answer in = Machine.post(
                "/api/auth/store/", "", Map.of("hub_id", made.path("hub_id").asString(), "secret", secret));
        assertThat(in.status()).isEqualTo(200);
        assertThat(in.json().path("token_type").asString()).isEqualTo("Bearer");
        assertThat(in.json().path("expires_in").asLong()).isEqualTo(3_600);
        assertThat(in.header("Cache-Control")).contains("no-store");
        assertThat(Machine.post(
                                "/api/auth/store/",
                                "",
                                Map.of("hub_id", made.path("hub_id").asString(), "secret", secret + "x"))
                        .status())
                .isEqualTo(401);

        BrokerAccounts accounts = TestHub.bean(BrokerAccounts.class);
        String user = made.at("/broker/user").asString();
        assertThat(accounts.signIn(user, made.at("/broker/password").asString()))
                .hasValueSatisfying(account -> assertThat(account.store().toString())
                        .isEqualTo(made.path("hub_id").asString()));
        assertThat(accounts.signIn(user, "wrong")).isEmpty();
        assertThat(accounts.byUser(user)).isPresent();
        assertThat(accounts.all()).anyMatch(account -> account.user().equals(user));
    }

    @Test
    void a_store_begins_with_as_many_registers_as_it_asks_for() {
        JsonNode made =
                register(administratorsToken(), call(Map.of("registers", "3"))).json();

        assertThat(made.path("registers").size()).isEqualTo(3);
        assertThat(List.of(0, 1, 2))
                .allSatisfy(n -> assertThat(made.at("/registers/" + n + "/name").asString())
                        .isEqualTo("Caja " + (n + 1)));
        assertThat(made.path("registers")
                        .valueStream()
                        .map(one -> one.path("prefix"))
                        .distinct())
                .hasSize(3);
    }

    @Test
    void a_store_registers_with_an_activation_code_once() {
        Person by = administrator();
        String code = TestShop.done(TestHub.bean(ConsoleAccess.class).issueActivation(by))
                .code();
        String token = Machine.login(Map.of("activation_code", code));

        assertThat(register(token, call(Map.of())).status()).isEqualTo(201);
        Machine.Answer second = register(
                token,
                call(Map.of(
                        "code", "B" + unique, "cashier_user", "otra." + unique, "public_key", key(Documents.keys()))));

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("activation-used");
        assertThat(Machine.post("/api/auth/login/", "", Map.of("activation_code", "wrong"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_store_that_lost_the_answer_asks_again_and_gets_fresh_secrets_for_the_same_registration() {
        Person by = administrator();
        String token = Machine.login(Map.of(
                "activation_code",
                TestShop.done(TestHub.bean(ConsoleAccess.class).issueActivation(by))
                        .code()));

        JsonNode first = register(token, call(Map.of())).json();
        JsonNode second = register(token, call(Map.of())).json();

        assertThat(second.path("hub_id")).isEqualTo(first.path("hub_id"));
        assertThat(second.path("registers")).isEqualTo(first.path("registers"));
        assertThat(second.path("secret")).isNotEqualTo(first.path("secret"));
        assertThat(Machine.post(
                                "/api/auth/store/",
                                "",
                                Map.of(
                                        "hub_id",
                                        first.path("hub_id").asString(),
                                        "secret",
                                        first.path("secret").asString()))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void names_alike_get_different_slugs_and_prefixes_and_a_code_belongs_to_one_store() {
        String token = administratorsToken();
        JsonNode first = register(token, call(Map.of())).json();
        JsonNode second = register(
                        token,
                        call(Map.of(
                                "code",
                                "B" + unique,
                                "cashier_user",
                                "b." + unique,
                                "public_key",
                                key(Documents.keys()))))
                .json();
        Machine.Answer sameCode =
                register(token, call(Map.of("cashier_user", "c." + unique, "public_key", key(Documents.keys()))));
        Machine.Answer sameCashier =
                register(token, call(Map.of("code", "C" + unique, "public_key", key(Documents.keys()))));

        assertThat(second.path("slug").asString()).isEqualTo(first.path("slug").asString() + "-2");
        assertThat(second.at("/registers/0/prefix")).isNotEqualTo(first.at("/registers/0/prefix"));
        assertThat(second.path("tunnel_port")).isNotEqualTo(first.path("tunnel_port"));
        assertThat(sameCode.status()).isEqualTo(409);
        assertThat(sameCode.code()).isEqualTo("store-code-taken");
        assertThat(sameCashier.code()).isEqualTo("user-exists");
        assertThat(TestHub.sql()
                        .sql("select count(*) from store where code = ?")
                        .param("C" + unique)
                        .query(Long.class)
                        .single())
                .as("nothing half-done stays")
                .isZero();
    }

    @Test
    void what_is_wrong_in_a_registration_is_named_in_a_sentence() {
        String token = administratorsToken();
        Map<String, String> wrong = Map.of(
                "name", " ",
                "code", "a b",
                "postal_code", "7200",
                "tax_region", "MOON",
                "time_zone", "America/Nowhere",
                "public_key", "AAAA",
                "cashier_user", "",
                "cashier_name", "\u0007",
                "registers", "21");
        wrong.forEach((field, value) -> {
            Machine.Answer answer = register(token, call(Map.of(field, value)));
            assertThat(answer.status()).as(field).isEqualTo(400);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.json().path("detail").asString()).contains("«" + field + "»");
        });
        assertThat(register(token, "{\"name\":").code()).isEqualTo("request-unreadable");
        assertThat(register(token, "[]").code()).isEqualTo("request-unreadable");
    }

    @Test
    void a_name_in_any_script_gets_an_address_and_comes_back_as_it_was() {
        String name = "🔧 部品店 " + unique;
        JsonNode made =
                register(administratorsToken(), call(Map.of("name", name))).json();

        assertThat(made.path("slug").asString()).isEqualTo(unique);
        assertThat(TestHub.sql()
                        .sql("select name from store where id = ?::uuid")
                        .param(made.path("hub_id").asString())
                        .query(String.class)
                        .single())
                .isEqualTo(name);
    }

    @Test
    void only_administrators_and_activations_register_and_nobody_without_a_token() {
        Tokens tokens = TestHub.bean(Tokens.class);
        TestShop shop = TestShop.open();
        Person marta = new Person(new UserId(shop.cashier()), "Marta", Role.CASHIER);
        UUID session = UUID.randomUUID();
        TestHub.bean(Sessions.class).begin(session, marta, Sessions.Kind.TOKEN, "", "", Duration.ofHours(1));
        String cashiers = tokens.forPerson(marta, session).value();
        String stores = tokens.forStore(shop.id, 1).value();

        assertThat(register("", call(Map.of())).status()).isEqualTo(401);
        assertThat(register(cashiers, call(Map.of())).status()).isEqualTo(403);
        assertThat(register(stores, call(Map.of())).status()).isEqualTo(403);
    }

    @Test
    void a_stolen_pc_is_cut_off_with_the_tokens_that_it_has_and_comes_in_again_when_it_is_found() {
        Person by = administrator();
        JsonNode made = register(administratorsToken(), call(Map.of())).json();
        StoreId store = StoreId.of(made.path("hub_id").asString());
        Map<String, String> secret =
                Map.of("hub_id", store.toString(), "secret", made.path("secret").asString());
        String user = made.at("/broker/user").asString();
        String password = made.at("/broker/password").asString();
        String token = Machine.login(secret, "/api/auth/store/");
        CutOffs cutOffs = TestHub.bean(CutOffs.class);
        BrokerAccounts accounts = TestHub.bean(BrokerAccounts.class);
        assertThat(Machine.get("/api/hubs/streams/users", token).status()).isEqualTo(200);

        assertThat(cutOffs.cutOff(store, " ", by)).isEqualTo(Outcome.refused("cut-off-reason-missing"));
        assertThat(cutOffs.cutOff(new StoreId(UUID.randomUUID()), "robo", by))
                .isEqualTo(Outcome.refused("store-unknown"));
        assertThat(TestShop.done(cutOffs.cutOff(store, "robo en la sucursal", by))
                        .byName())
                .isEqualTo("Ana");
        assertThat(TestShop.done(cutOffs.cutOff(store, "otra vez", by)).reason())
                .isEqualTo("robo en la sucursal");

        assertThat(Machine.get("/api/hubs/streams/users", token).status())
                .as("the token that it had")
                .isEqualTo(401);
        Machine.Answer again = Machine.post("/api/auth/store/", "", secret);
        assertThat(again.status()).isEqualTo(403);
        assertThat(again.code()).isEqualTo("store-cut-off");
        assertThat(again.json().path("detail").asString()).contains("retiró el acceso");
        assertThat(accounts.signIn(user, password)).isEmpty();
        assertThat(accounts.byUser(user)).as("what it had sent is of nobody").isEmpty();

        TestShop.done(cutOffs.letIn(store, by));
        assertThat(cutOffs.of(store)).isEmpty();
        assertThat(Machine.get("/api/hubs/streams/users", token).status()).isEqualTo(200);
        assertThat(accounts.signIn(user, password)).isPresent();
        assertThat(TestHub.sql()
                        .sql("select act from audit where subject = ? order by at, act")
                        .param(store.toString())
                        .query(String.class)
                        .list())
                .containsExactly("store-registered", "store-cut-off", "store-let-in");
    }

    private static Machine.Answer register(String token, Object call) {
        return Machine.post("/api/hubs/register/", token, call);
    }

    private Map<String, String> call(Map<String, String> changes) {
        Map<String, String> call = new HashMap<>(Map.of(
                "name", "Refaccionaria Núñez " + unique,
                "code", "A" + unique,
                "address", "Av. Reforma 1204",
                "postal_code", "72000",
                "tax_region", "STANDARD",
                "time_zone", "America/Mexico_City",
                "public_key", key(keys),
                "cashier_user", "Marta." + unique,
                "cashier_name", "Marta Hernández"));
        call.putAll(changes);
        return call;
    }

    private static String key(KeyPair keys) {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    private static String administratorsToken() {
        Person person = administrator();
        return Machine.login(Map.of("email", person.id() + "@refa.example", "password", PASSWORD));
    }

    private static Person administrator() {
        UUID id = UUID.randomUUID();
        TestHub.sql()
                .sql("insert into person (id, username, name, role, password_hash, created_at) values (?, ?, 'Ana',"
                        + " 'ADMIN', ?, now())")
                .params(
                        id,
                        id + "@refa.example",
                        TestHub.bean(PasswordEncoder.class).encode(PASSWORD))
                .update();
        return new Person(new UserId(id), "Ana", Role.ADMIN);
    }
}
