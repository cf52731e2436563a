package mx.refahub.hub.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.ConnectionDesk.Draft;
import mx.refahub.domain.outside.ConnectionDesk.Shown;
import mx.refahub.domain.outside.Field;
import mx.refahub.domain.outside.OutsideKind;
import mx.refahub.domain.outside.OutsideSystem;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.access.SecretBox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class ConnectionsTest {
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana Admin", Role.ADMIN);

    private final OutsideKind kind = new OutsideKind(
            "teller",
            true,
            "",
            List.of(
                    Field.text("company", true, ""),
                    Field.number("page", true, "20"),
                    Field.choice("way", "slow", "fast"),
                    Field.secret("password", true)));

    private final OutsideSystem teller = new OutsideSystem() {
        @Override
        public OutsideKind kind() {
            return kind;
        }

        @Override
        public Outcome<String> probe(Connection connection) {
            return connection.secret("password").equals("right")
                    ? Outcome.done("Teller of " + connection.text("company"))
                    : Outcome.refused("outside-signature");
        }
    };

    private final PostgresConnections desk = new PostgresConnections(
            TestHub.sql(),
            TestHub.bean(TransactionTemplate.class),
            TestHub.bean(SecretBox.class),
            TestHub.bean(AuditTrail.class),
            new AddressPolicy(ConnectionsTest::lookUp, false),
            () -> List.of(teller),
            TestHub.bean(IdSource.class),
            TestHub.bean(Clock.class));

    private static InetAddress[] lookUp(String name) throws java.net.UnknownHostException {
        return new InetAddress[] {
            InetAddress.getByName(
                    switch (name) {
                        case "public.test" -> "8.8.8.8";
                        case "lan.test" -> "192.168.1.20";
                        case "self.test" -> "127.0.0.1";
                        case "cloud.test" -> "169.254.169.254";
                        default -> throw new java.net.UnknownHostException(name);
                    })
        };
    }

    @AfterEach
    void clear() {
        TestHub.sql()
                .sql("delete from outside_connection where kind = 'teller'")
                .update();
    }

    private static Draft draft(String address, boolean local, Map<String, String> secrets) {
        return new Draft("teller", "Teller", address, local, true, Map.of("company", "Centro"), secrets);
    }

    private static final Map<String, String> WRONG = Map.of("password", "wrong");

    @Test
    void secrets_are_unreadable_in_the_database_and_reach_the_adapter_alone() {
        Shown added = TestShop.done(desk.add(draft("https://public.test/", false, WRONG), ANA));
        assertThat(added.kept()).containsExactly("password");
        assertThat(added.address()).isEqualTo("https://public.test");
        assertThat(TestHub.sql()
                        .sql("select encode(secrets, 'escape') || settings::text from outside_connection where id = ?")
                        .param(added.id())
                        .query(String.class)
                        .single())
                .doesNotContain("wrong");
        Connection handed = desk.of("teller").getFirst();
        assertThat(handed.secret("password")).isEqualTo("wrong");
        assertThat(handed.number("page")).isEqualTo(20);
        assertThat(handed.text("way")).isEqualTo("slow");
        assertThat(handed.toString()).doesNotContain("wrong");
        assertThat(desk.find(added.id()).orElseThrow().secret("password")).isEqualTo("wrong");
    }

    @Test
    void one_whose_address_leads_astray_by_now_is_left_out_and_shown_with_the_reason() {
        Shown added = TestShop.done(desk.add(draft("https://public.test", false, WRONG), ANA));
        assertThat(desk.of("teller")).hasSize(1);
        TestHub.sql()
                .sql("update outside_connection set address = 'https://cloud.test' where id = ?")
                .param(added.id())
                .update();
        assertThat(desk.of("teller")).isEmpty();
        assertThatThrownBy(() -> desk.find(added.id())).isInstanceOf(Failure.class);
        assertThat(desk.all().stream().filter(one -> one.id().equals(added.id())))
                .singleElement()
                .satisfies(one -> assertThat(one.tried().trouble().code()).isEqualTo("connection-address-reserved"));
        assertThat(draft("https://public.test", false, WRONG).toString()).doesNotContain("password", "wrong");
    }

    @Test
    void a_trial_is_kept_with_its_reason_until_something_is_changed() {
        Shown added = TestShop.done(desk.add(draft("https://public.test", false, WRONG), ANA));
        assertThat(added.tried()).isNull();
        assertThat(TestShop.done(desk.probe(added.id(), ANA)).tried())
                .satisfies(tried -> assertThat(tried.trouble().code()).isEqualTo("outside-signature"));
        TestShop.done(desk.change(added.id(), draft("https://public.test", false, Map.of("password", "right")), ANA));
        assertThat(desk.all().stream().filter(one -> one.id().equals(added.id())))
                .singleElement()
                .satisfies(one -> assertThat(one.tried()).isNull());
        assertThat(TestShop.done(desk.probe(added.id(), ANA)).tried())
                .satisfies(tried -> assertThat(tried.says()).isEqualTo("Teller of Centro"));
        assertThat(TestHub.sql()
                        .sql(
                                "select act from audit where subject like 'teller Teller%' and who = 'Ana Admin' order by at")
                        .query(String.class)
                        .list())
                .contains("connection-added", "connection-tried", "connection-changed");
    }

    @Test
    void kept_secrets_are_not_told_to_another_machine() {
        Shown added = TestShop.done(desk.add(draft("https://public.test", false, WRONG), ANA));
        assertThat(TestShop.refused(desk.change(added.id(), draft("https://lan.test", true, Map.of()), ANA)))
                .isEqualTo("connection-secrets-anew");
        assertThat(TestShop.done(desk.change(added.id(), draft("https://public.test/other", false, Map.of()), ANA))
                        .kept())
                .containsExactly("password");
        TestShop.done(desk.change(added.id(), draft("https://lan.test", true, WRONG), ANA));
    }

    @Test
    void what_is_missing_wrong_or_there_already_is_refused() {
        assertThat(TestShop.refused(desk.add(draft("https://public.test", false, Map.of()), ANA)))
                .isEqualTo("connection-field-missing");
        assertThat(TestShop.refused(desk.add(
                        new Draft(
                                "teller",
                                "T",
                                "https://public.test",
                                false,
                                true,
                                Map.of("company", "a", "page", "x"),
                                WRONG),
                        ANA)))
                .isEqualTo("connection-field-wrong");
        TestShop.done(desk.add(draft("https://public.test", false, WRONG), ANA));
        assertThat(TestShop.refused(desk.add(draft("https://public.test", false, WRONG), ANA)))
                .isEqualTo("connection-name-taken");
        assertThat(TestShop.refused(desk.add(
                        new Draft("teller", "T2", "https://public.test", false, true, Map.of("company", "a"), WRONG),
                        ANA)))
                .isEqualTo("connection-kind-taken");
    }

    @Test
    void an_address_leads_to_the_internet_by_tls_into_the_own_network_when_told_so_and_never_elsewhere() {
        AddressPolicy policy = new AddressPolicy(ConnectionsTest::lookUp, false);
        assertThat(policy.check("https://public.test/b1s/v1/", false))
                .isEqualTo(Outcome.done(URI.create("https://public.test/b1s/v1")));
        assertThat(policy.check("http://public.test", true))
                .isEqualTo(Outcome.refused("connection-address-plain", "public.test"));
        assertThat(policy.check("https://lan.test", false))
                .isEqualTo(Outcome.refused("connection-address-private", "lan.test"));
        assertThat(policy.check("http://lan.test:50001", true))
                .isEqualTo(Outcome.done(URI.create("http://lan.test:50001")));
        assertThat(policy.check("https://self.test", true))
                .isEqualTo(Outcome.refused("connection-address-loopback", "self.test"));
        assertThat(policy.check("http://cloud.test", true))
                .isEqualTo(Outcome.refused("connection-address-reserved", "cloud.test"));
        assertThat(policy.check("https://ana:x@public.test", false))
                .isEqualTo(Outcome.refused("connection-address-wrong"));
        assertThat(policy.check("file:///etc/passwd", true)).isEqualTo(Outcome.refused("connection-address-wrong"));
        assertThat(new AddressPolicy(ConnectionsTest::lookUp, true).check("http://self.test:1", false))
                .isEqualTo(Outcome.done(URI.create("http://self.test:1")));
    }
}
