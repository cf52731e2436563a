package mx.refahub.hub.registry;

import static mx.refahub.hub.TestShop.done;
import static mx.refahub.hub.TestShop.frame;
import static mx.refahub.hub.TestShop.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.BrokerAccounts;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.delivery.Relay;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Documents;
import mx.refahub.domain.document.Envelope;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.hub.CutOffs;
import mx.refahub.domain.hub.StoreBoard;
import mx.refahub.domain.hub.StoreLives;
import mx.refahub.domain.hub.StoreLives.Cause;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.Heartbeat;
import mx.refahub.domain.wire.StoreTaken;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.access.Tokens;
import mx.refahub.hub.reconcile.ReconcileDesk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

class LivesTest {
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana", Role.ADMIN);
    private static final String FIRST = "aa01";
    private static final String SECOND = "bb02";

    private final Lives lives = TestHub.bean(Lives.class);
    private final StoreRegistry registry = TestHub.bean(StoreRegistry.class);
    private final Intake intake = TestHub.bean(Intake.class);
    private final TestShop shop = TestShop.open();
    private final KeyPair keys = Documents.keys();

    @Test
    void new_hardware_takes_over_with_a_code_and_the_old_machine_is_shut_out_of_everything() {
        intake.land(shop.id, frame(shop.cashSales(5)));
        String code = done(lives.replacement(shop.id, ANA)).code();

        Lives.Granted granted = done(lives.take(byCode(code, SECOND)));

        assertThat(granted.epoch()).isEqualTo(2);
        assertThat(granted.base()).isEqualTo(5);
        assertThat(granted.landed()).isEqualTo(5);
        assertThat(granted.historyFrom()).isEqualTo(1);
        assertThat(registry.knows(shop.id, shop.registered.secret())).isFalse();
        assertThat(lives.wasSecret(shop.id, shop.registered.secret())).isTrue();
        assertThat(registry.knows(shop.id, granted.secret())).isTrue();
        BrokerAccounts accounts = TestHub.bean(BrokerAccounts.class);
        assertThat(accounts.signIn(shop.registered.brokerUser(), shop.registered.brokerPassword()))
                .isEmpty();
        assertThat(accounts.signIn(granted.brokerUser(), granted.brokerPassword()))
                .hasValueSatisfying(account -> assertThat(account.slug()).isEqualTo(shop.registered.slug()));
        assertThat(intake.land(shop.id, frame(shop.cashSales(1))).landed())
                .as("its epoch is over")
                .isZero();
        assertThat(standing(FIRST, 1, 6, null)).isEqualTo("store-replaced");

        assertThat(intake.land(shop.id, frame(written(2, 6, Sha256.NONE))).landed())
                .isEqualTo(1);
        lives.taken(shop.id, new StoreTaken.Done(2, 1_000));
        assertThat(refused(lives.take(byCode(code, "cc03")))).as("used up").isEqualTo("code-wrong");
        StoreLives.Life life = lives.lives(shop.id).getFirst();
        assertThat(life.cause()).isEqualTo(Cause.REPLACED);
        assertThat(life.folioJump()).isEqualTo(1_000);
        assertThat(lives.lives(shop.id)).hasSize(2);
    }

    @Test
    void an_answer_that_was_lost_is_given_again_for_the_same_epoch_with_fresh_secrets() {
        intake.land(shop.id, frame(shop.cashSales(2)));
        String code = done(lives.replacement(shop.id, ANA)).code();
        Lives.Granted lost = done(lives.take(byCode(code, SECOND)));

        Lives.Granted again = done(lives.take(byCode(code, SECOND)));

        assertThat(again.epoch()).isEqualTo(lost.epoch());
        assertThat(again.base()).isEqualTo(lost.base());
        assertThat(registry.knows(shop.id, lost.secret())).isFalse();
        assertThat(registry.knows(shop.id, again.secret())).isTrue();
    }

    @Test
    void codes_that_are_late_wrong_or_nonsense_open_nothing() {
        String code = done(lives.replacement(shop.id, ANA)).code();
        assertThat(refused(lives.take(byCode("7K3M", SECOND)))).isEqualTo("code-wrong");
        assertThat(refused(lives.take(new StoreTaken.Call(code, "", "", "no key", SECOND, 0))))
                .isEqualTo("registration-field");
        TestHub.CLOCK.advance(Duration.ofDays(2));
        assertThat(refused(lives.take(byCode(code, SECOND)))).isEqualTo("code-wrong");
        assertThat(lives.lives(shop.id)).hasSize(1);
    }

    @Test
    void a_copy_beside_a_machine_that_is_there_is_told_apart_and_shut_and_a_move_is_not() {
        assertThat(standing(FIRST, 1, 0, null)).isNull();

        assertThat(standing(SECOND, 1, 0, null)).isEqualTo("store-copied");
        assertThat(standing(FIRST, 1, 0, null)).as("the first goes on").isNull();
        assertThat(lives.claims(shop.id))
                .singleElement()
                .satisfies(claim -> assertThat(claim.cause()).isEqualTo(Cause.COPIED));

        TestHub.CLOCK.advance(Lives.ALIVE.plusSeconds(1));
        assertThat(standing(SECOND, 1, 0, null))
                .as("the other is gone: the disk has moved")
                .isNull();
        assertThat(standing(FIRST, 1, 0, null)).isEqualTo("store-copied");
    }

    @Test
    void a_copy_that_was_switched_off_is_discarded_after_an_hour_and_stands_there_again_when_it_speaks() {
        assertThat(standing(FIRST, 1, 0, null)).isNull();
        assertThat(standing(SECOND, 1, 7, null)).isEqualTo("store-copied");
        assertThat(refused(lives.discard(shop.id, SECOND, ANA))).isEqualTo("claim-heard");
        assertThat(lives.claims(shop.id).getFirst().discardable()).isFalse();

        TestHub.CLOCK.advance(Lives.GONE.plusSeconds(1));
        assertThat(standing(FIRST, 1, 0, null)).isNull();
        assertThat(lives.claims(shop.id).getFirst().discardable()).isTrue();
        assertThat(done(lives.discard(shop.id, SECOND, ANA)).machine()).isEqualTo(SECOND);

        assertThat(lives.claims(shop.id)).isEmpty();
        assertThat(refused(lives.discard(shop.id, SECOND, ANA))).isEqualTo("claim-unknown");
        assertThat(refused(lives.grant(shop.id, SECOND, ANA))).isEqualTo("claim-unknown");
        assertThat(number("select count(*) from audit where act = 'store-claim-discarded' and subject like ? || '%'"))
                .isEqualTo(1);
        assertThat(standing(SECOND, 1, 7, null)).isEqualTo("store-copied");
        assertThat(lives.claims(shop.id)).hasSize(1);
        String code = done(lives.replacement(shop.id, ANA)).code();
        assertThat(done(lives.take(byCode(code, "cc03"))).base())
                .as("after what the copy had written")
                .isEqualTo(7);
    }

    private StoreBoard.StoreView shown() {
        return TestHub.bean(StoreBoard.class).store(shop.id).orElseThrow();
    }

    @Test
    void an_older_disk_is_shut_until_one_click_grants_it_an_epoch_after_every_number_ever_given() {
        List<Document> sales = shop.cashSales(8);
        intake.land(shop.id, frame(sales));
        assertThat(standing(FIRST, 1, 8, null)).isNull();

        assertThat(standing(FIRST, 1, 3, null)).isEqualTo("store-behind-hub");
        assertThat(shown().claimed())
                .as("whoever looks at the console sees that it waits")
                .isTrue();

        assertThat(refused(lives.take(bySecret(FIRST, shop.registered.secret(), 3))))
                .isEqualTo("claim-waiting");
        assertThat(refused(lives.grant(shop.id, SECOND, ANA))).isEqualTo("claim-unknown");
        assertThat(done(lives.grant(shop.id, FIRST, ANA)).grantedAt()).isNotNull();
        assertThat(shown().claimed()).isFalse();
        assertThat(standing(FIRST, 1, 3, null)).isEqualTo("granted");
        assertThat(refused(lives.take(bySecret(FIRST, "guess", 3)))).isEqualTo("store-unknown");

        Lives.Granted lost = done(lives.take(bySecret(FIRST, shop.registered.secret(), 3)));
        Lives.Granted granted = done(lives.take(bySecret(FIRST, shop.registered.secret(), 3)));

        assertThat(granted.epoch()).isEqualTo(2).isEqualTo(lost.epoch());
        assertThat(granted.base()).isEqualTo(8);
        assertThat(granted.cause()).isEqualTo(Cause.DISK_IS_OLDER);
        assertThat(TestHub.bean(ReconcileDesk.class).after(shop.id, 3, 100)).isEqualTo(sales.subList(3, 8));
        lives.taken(shop.id, new StoreTaken.Done(2, 1_000));
        assertThat(standing(FIRST, 2, 8, null)).isNull();
        assertThat(lives.claims(shop.id).getFirst().takenAt()).isNotNull();
        assertThat(number("select count(*) from audit where act = 'store-claim-granted' and subject like ? || '%'"))
                .isEqualTo(1);
    }

    @Test
    void a_click_is_over_once_another_machine_has_become_the_store() {
        intake.land(shop.id, frame(shop.cashSales(4)));
        assertThat(standing(FIRST, 1, 4, null)).isNull();
        assertThat(standing(FIRST, 1, 2, null)).isEqualTo("store-behind-hub");
        done(lives.grant(shop.id, FIRST, ANA));
        TestHub.CLOCK.advance(Duration.ofSeconds(1));

        done(lives.take(byCode(done(lives.replacement(shop.id, ANA)).code(), SECOND)));

        assertThat(refused(lives.take(bySecret(FIRST, shop.registered.secret(), 2))))
                .isEqualTo("claim-waiting");
        assertThat(lives.lives(shop.id)).hasSize(2);
    }

    @Test
    void a_fork_freezes_the_store_and_the_machine_that_is_let_go_on_thaws_it() {
        List<Document> sales = shop.cashSales(4);
        intake.land(shop.id, frame(sales));
        assertThat(standing(FIRST, 1, 4, null)).isNull();
        shop.restore(new TestShop.Disk(2, sales.get(1).hash()));
        intake.land(shop.id, frame(shop.cashSale(UUID.randomUUID())));

        assertThat(standing(FIRST, 1, 5, null)).isEqualTo("store-forked");
        done(lives.grant(shop.id, FIRST, ANA));
        Lives.Granted granted = done(lives.take(bySecret(FIRST, shop.registered.secret(), 7)));

        assertThat(granted.base()).as("it has written up to 7").isEqualTo(7);
        assertThat(intake.land(shop.id, frame(written(2, 8, Sha256.NONE))).landed())
                .isEqualTo(1);
    }

    @Test
    void a_hub_that_was_restored_from_an_older_backup_asks_for_what_it_lost_by_itself() {
        List<Document> sales = shop.cashSales(8);
        Acknowledgement before =
                (Acknowledgement) intake.land(shop.id, frame(sales)).replies().getFirst();
        Relay relay = moved(Relay.FRESH.sent(8), before, sales);
        for (String statement : List.of(
                "delete from document_to_apply where store_id = ? and sequence > 5",
                "delete from document where store_id = ? and sequence > 5",
                "update landing set landed = 5, hash = (select hash from document d where d.store_id = landing.store_id and d.sequence = 5) where store_id = ?"))
            TestHub.sql().sql(statement).param(shop.id.value()).update();

        standing(FIRST, 1, 8, null);
        standing(FIRST, 1, 8, null);

        Acknowledgement after = (Acknowledgement)
                intake.land(shop.id, frame(sales.subList(4, 5))).replies().getFirst();
        assertThat(after.hubEpoch()).as("raised once").isEqualTo(before.hubEpoch() + 1);
        relay = moved(relay, after, sales);
        assertThat(relay.relayed()).isEqualTo(5);
        assertThat(relay.resyncEpoch()).isEqualTo(1);
        assertThat(intake.land(shop.id, frame(sales.subList((int) relay.relayed(), 8)))
                        .landed())
                .isEqualTo(3);
    }

    private static Relay moved(Relay relay, Acknowledgement acknowledgement, List<Document> sales) {
        return ((Relay.Reaction.Moved) relay.on(
                        acknowledgement,
                        1,
                        8,
                        n -> Optional.of(sales.get((int) n - 1).hash())))
                .relay();
    }

    @Test
    void what_the_shelf_held_before_the_history_is_carried_by_part_and_bin() {
        UUID part = UUID.randomUUID();
        intake.land(shop.id, frame(List.of(shop.cashSale(part), shop.cashSale(part), shop.cashSale(part))));
        while (TestHub.bean(Ledgers.class).apply().more()) {}

        List<StoreTaken.Carried> rows = lives.carried(shop.id, 3, 0).rows();

        assertThat(rows.stream().filter(row -> row.part().equals(part)))
                .singleElement()
                .satisfies(row -> assertThat(row.quantity()).isEqualTo(-2_000));
    }

    @Test
    void a_machine_that_sold_on_while_its_answer_was_lost_begins_after_what_it_has_written_since() {
        String code = done(lives.replacement(shop.id, ANA)).code();
        assertThat(done(lives.take(new StoreTaken.Call(code, "", "", publicKey(), FIRST, 5)))
                        .base())
                .isEqualTo(5);

        Lives.Granted again = done(lives.take(new StoreTaken.Call(code, "", "", publicKey(), FIRST, 8)));

        assertThat(again.epoch()).isEqualTo(2);
        assertThat(again.base()).isEqualTo(8);
        assertThat(again.lives())
                .extracting(StoreTaken.Life::epoch, StoreTaken.Life::base)
                .containsExactly(tuple(2, 8L), tuple(1, 0L));
        assertThat(intake.land(shop.id, frame(written(2, 9, Sha256.NONE))).landed())
                .isEqualTo(1);
    }

    @Test
    void a_claim_that_is_settled_by_itself_or_by_another_life_is_not_shown_for_ever() {
        intake.land(shop.id, frame(shop.cashSales(8)));
        standing(FIRST, 1, 8, null);
        assertThat(standing(FIRST, 1, 3, null)).isEqualTo("store-behind-hub");
        assertThat(standing(SECOND, 1, 8, null)).isEqualTo("store-copied");
        assertThat(lives.claims(shop.id)).hasSize(2);

        assertThat(standing(FIRST, 1, 8, null)).as("its own disk is back").isNull();
        assertThat(lives.claims(shop.id))
                .singleElement()
                .satisfies(claim -> assertThat(claim.machine()).isEqualTo(SECOND));

        done(lives.take(byCode(done(lives.replacement(shop.id, ANA)).code(), "cc03")));
        assertThat(lives.claims(shop.id)).isEmpty();
    }

    @Test
    void a_code_lets_the_new_machine_of_a_cut_off_store_in_and_no_token_of_the_old_one() {
        CutOffs cutOffs = TestHub.bean(CutOffs.class);
        Tokens tokens = TestHub.bean(Tokens.class);
        JwtDecoder decoder = TestHub.bean(JwtDecoder.class);
        String old = tokens.forStore(shop.id, 1).value();
        assertThat(decoder.decode(old).getSubject()).isEqualTo(shop.id.toString());
        done(cutOffs.cutOff(shop.id, "robada", ANA));
        assertThatThrownBy(() -> decoder.decode(old)).isInstanceOf(JwtException.class);
        assertThat(shown().cutOff()).isTrue();

        Lives.Granted granted =
                done(lives.take(byCode(done(lives.replacement(shop.id, ANA)).code(), SECOND)));

        assertThat(cutOffs.of(shop.id)).isEmpty();
        assertThat(shown().cutOff()).isFalse();
        assertThatThrownBy(() -> decoder.decode(old))
                .as("of a life that is over")
                .isInstanceOf(JwtException.class);
        assertThat(decoder.decode(tokens.forStore(shop.id, granted.epoch()).value())
                        .getSubject())
                .isEqualTo(shop.id.toString());
    }

    @Test
    void accounts_and_credits_of_before_the_history_are_carried_whole() {
        List<Document> sales = shop.cashSales(3);
        intake.land(shop.id, frame(sales));
        while (TestHub.bean(Ledgers.class).apply().more()) {}
        UUID customer = UUID.randomUUID();
        UUID charge = UUID.randomUUID();
        UUID payment = UUID.randomUUID();
        sql("insert into customer (id, name, made_at) values (?, 'Taller', now())", customer);
        for (Object[] entry : new Object[][] {
            {charge, "CHARGE", 9_000L, "C1-7", sales.get(0).id()},
            {payment, "PAYMENT", -2_500L, "C1-A000041", sales.get(1).id()},
            {UUID.randomUUID(), "CHARGE", 1_000L, "C1-9", sales.get(2).id()}
        }) sql("""
                    insert into account_entry (id, customer_id, store_id, kind, currency, amount, at, day, reference, by_name, document_id)
                    values (?, ?, ?, ?, 'MXN', ?, now(), current_date, ?, 'Marta', ?)
                    """, entry[0], customer, shop.id.value(), entry[1], entry[2], entry[3], entry[4]);
        sql("insert into account_applied (entry_id, charge_id, amount) values (?, ?, 2500)", payment, charge);

        List<StoreTaken.CarriedEntry> rows =
                lives.entries(shop.id, 3, new UUID(0, 0)).rows();

        assertThat(rows).extracting(StoreTaken.CarriedEntry::amount).containsExactlyInAnyOrder(9_000L, -2_500L);
        assertThat(rows)
                .filteredOn(row -> row.id().equals(payment))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.applied()).containsExactly(Map.entry(charge, 2_500L));
                    assertThat(row.body()).startsWith("{");
                });
        assertThat(lives.credits(shop.id, 3, new UUID(0, 0)).rows()).isEmpty();
    }

    @Test
    void the_counter_of_the_life_before_is_kept_for_the_next_and_found_documents_are_judged_by_the_key_of_their_own()
            throws Exception {
        List<Document> sales = shop.cashSales(3);
        intake.land(shop.id, frame(sales.subList(0, 2)));
        lives.keepCounter(shop.id, new byte[] {1});
        lives.keepCounter(shop.id, new byte[] {2});
        assertThat(lives.counter(shop.id)).as("its own is no former one's").isEmpty();
        done(lives.take(byCode(done(lives.replacement(shop.id, ANA)).code(), SECOND)));
        lives.keepCounter(shop.id, new byte[] {3});

        assertThat(lives.counter(shop.id))
                .hasValueSatisfying(content -> assertThat(content).containsExactly(2));
        assertThat(lives.known(
                                shop.id,
                                new StoreTaken.KnownCall(List.of(
                                        found(sales.get(1), 1), found(sales.get(2), 1), found(sales.get(2), 2))))
                        .words())
                .containsEntry(sales.get(1).id(), StoreTaken.Word.KNOWN);
        assertThat(lives.known(shop.id, new StoreTaken.KnownCall(List.of(found(sales.get(2), 1))))
                        .words())
                .containsEntry(sales.get(2).id(), StoreTaken.Word.FRESH);
        assertThat(lives.known(shop.id, new StoreTaken.KnownCall(List.of(found(sales.get(2), 2))))
                        .words())
                .as("signed by another key")
                .containsEntry(sales.get(2).id(), StoreTaken.Word.FALSE);
    }

    private static StoreTaken.Written found(Document document, int epoch) {
        return new StoreTaken.Written(
                document.id(),
                epoch,
                Base64.getEncoder().encodeToString(document.hash().bytes()),
                Base64.getEncoder().encodeToString(document.signature()));
    }

    private static void sql(String statement, Object... values) {
        TestHub.sql().sql(statement).params(List.of(values)).update();
    }

    private StoreTaken.Call byCode(String code, String machine) {
        return new StoreTaken.Call(code, "", "", publicKey(), machine, 0);
    }

    private StoreTaken.Call bySecret(String machine, String secret, long last) {
        return new StoreTaken.Call("", shop.id.toString(), secret, publicKey(), machine, last);
    }

    private String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    private @Nullable String standing(String machine, int epoch, long last, @Nullable String halted) {
        Heartbeat heartbeat = new Heartbeat(
                Heartbeat.TYPE,
                TestHub.CLOCK.instant(),
                "1",
                epoch,
                last,
                last,
                last,
                Map.of(),
                1,
                "READY",
                machine,
                halted,
                null);
        return registry.heard(shop.id, heartbeat).orElseThrow().refusal();
    }

    private Document written(int epoch, long sequence, Sha256 previous) {
        Envelope envelope = new Envelope(
                UUID.randomUUID(),
                shop.id,
                epoch,
                sequence,
                "lost-sale:1",
                "lost-sale",
                1,
                TestHub.CLOCK.instant(),
                List.of(),
                previous);
        return Document.seal(envelope, "{}".getBytes(StandardCharsets.UTF_8), keys.getPrivate());
    }

    private long number(String query) {
        return TestHub.sql()
                .sql(query)
                .param(shop.id.toString())
                .query(Long.class)
                .single();
    }
}
