package mx.refahub.hub.alert;

import static mx.refahub.hub.TestShop.done;
import static mx.refahub.hub.TestShop.frame;
import static mx.refahub.hub.TestShop.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mx.refahub.domain.alert.AlertKind;
import mx.refahub.domain.alert.AlertRule;
import mx.refahub.domain.alert.Alerts;
import mx.refahub.domain.alert.Alerts.Alert;
import mx.refahub.domain.alert.Alerts.View;
import mx.refahub.domain.alert.Alerts.What;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.notice.Audience;
import mx.refahub.domain.notice.Language;
import mx.refahub.domain.notice.MailDesk;
import mx.refahub.domain.notice.MailServer;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.Heartbeat;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.registry.StoreRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana Torres", Role.ADMIN);
    private static final Person BETO = new Person(new UserId(UUID.randomUUID()), "Beto Ruiz", Role.ACCOUNTANT);

    private final Alerts alerts = TestHub.bean(Alerts.class);
    private final MailDesk mail = TestHub.bean(MailDesk.class);
    private final TestShop shop = TestShop.open();
    private final String address = UUID.randomUUID() + "@avisos.example";

    @BeforeEach
    void onlyRulesOfThisTest() {
        TestHub.sql().sql("update alert_rule set enabled = false").update();
        post(true);
    }

    @AfterEach
    void quiet() {
        TestHub.sql().sql("update alert_rule set enabled = false").update();
        post(false);
    }

    private void post(boolean enabled) {
        done(mail.keep(
                new MailDesk.Account(
                        enabled,
                        "127.0.0.1",
                        2525,
                        MailServer.Security.NONE,
                        "",
                        false,
                        "avisos@refahub.example",
                        "RefaHub",
                        "https://centro.example"),
                null,
                ANA));
    }

    private AlertRule rule(
            AlertKind kind, long threshold, int calm, @Nullable Integer remind, AlertRule.@Nullable Quiet quiet) {
        return done(alerts.keep(
                new AlertRule(
                        UUID.randomUUID(),
                        kind,
                        "Regla " + kind,
                        true,
                        threshold,
                        calm,
                        remind,
                        kind.ofJobs() ? null : shop.id.value(),
                        kind.ofJobs() ? "job-" + shop.id : null,
                        new Audience(Set.of(Role.ACCOUNTANT), List.of(), List.of(address)),
                        true,
                        true,
                        Language.ES,
                        null,
                        quiet),
                ANA));
    }

    private void heartbeat(long outboxLast) {
        TestHub.bean(StoreRegistry.class)
                .heard(
                        shop.id,
                        new Heartbeat(
                                Heartbeat.TYPE,
                                TestHub.CLOCK.instant(),
                                "0.1.0",
                                1,
                                outboxLast,
                                0,
                                0,
                                Map.of(),
                                5_000_000_000L,
                                "READY",
                                null,
                                null,
                                null));
    }

    private static void later(Duration time) {
        TestHub.CLOCK.advance(time);
    }

    private List<Alert> of(AlertRule rule) {
        return alerts.list(View.ALL, null, null, false, 500, ANA).stream()
                .filter(alert -> alert.rule().equals(rule.id()))
                .toList();
    }

    private List<String> letters(AlertRule rule) {
        return mail.letters(null, rule.id(), 100).stream()
                .filter(letter -> letter.recipient().equals(address))
                .map(MailDesk.Sent::event)
                .toList()
                .reversed();
    }

    private String newest(AlertRule rule) {
        return TestHub.sql()
                .sql("select subject || ' ' || body from letter where about = ? and recipient = ? order by"
                        + " written_at desc, id desc limit 1")
                .params(rule.id(), address)
                .query(String.class)
                .single();
    }

    @Test
    void why_a_store_is_frozen_is_told_in_words_of_the_reader() {
        AlertRule rule = rule(AlertKind.STORE_FROZEN, 1, 1, null, null);
        freeze("'CAME_AGAIN'", "17", "now()");
        alerts.look();

        assertThat(of(rule))
                .singleElement()
                .satisfies(alert -> assertThat(alert.detail()).isEqualTo("CAME_AGAIN 17"));
        assertThat(newest(rule))
                .contains("El documento 17 llegó otra vez con otro contenido")
                .doesNotContain("CAME_AGAIN");
        freeze("null", "null", "null");
    }

    private void freeze(String cause, String sequence, String at) {
        TestHub.sql()
                .sql("update landing set frozen_cause = " + cause + ", frozen_sequence = " + sequence + ", frozen_at = "
                        + at + " where store_id = ?")
                .param(shop.id.value())
                .update();
    }

    @Test
    void a_machine_that_may_not_go_on_is_told_like_a_frozen_store_until_somebody_lets_it() {
        AlertRule rule = rule(AlertKind.STORE_FROZEN, 1, 1, null, null);
        alerts.look();
        assertThat(of(rule)).isEmpty();

        // A copy that is held back, and a machine that has not been heard of for long: the store itself goes on.
        TestHub.sql().sql("""
                insert into store_claim (store_id, machine, cause, here, hub, first_at, last_at)
                values (?, 'c0b1', 'COPIED', 3, 6, now(), now() + interval '1 year'),
                    (?, '01d0', 'DISK_IS_OLDER', 3, 6, now() - interval '5 years', now() - interval '5 years')
                """).params(shop.id.value(), shop.id.value()).update();
        alerts.look();
        assertThat(of(rule)).isEmpty();

        TestHub.sql().sql("""
                insert into store_claim (store_id, machine, cause, here, hub, first_at, last_at)
                values (?, 'eb02', 'DISK_IS_OLDER', 3, 6, now(), now() + interval '1 year')
                """).param(shop.id.value()).update();
        alerts.look();
        assertThat(of(rule)).singleElement().satisfies(alert -> {
            assertThat(alert.resolvedAt()).isNull();
            assertThat(alert.detail()).isEqualTo("DISK_IS_OLDER 3");
        });
        assertThat(newest(rule)).contains("Su disco es más viejo que lo que el hub tiene: llega al documento 3");

        // What froze it is told before what it asks for; once that is over the alert still says why it lasts.
        freeze("'CAME_AGAIN'", "17", "now()");
        alerts.look();
        assertThat(of(rule))
                .singleElement()
                .satisfies(alert -> assertThat(alert.detail()).isEqualTo("CAME_AGAIN 17"));
        freeze("null", "null", "null");
        alerts.look();
        assertThat(of(rule))
                .singleElement()
                .satisfies(alert -> assertThat(alert.detail()).isEqualTo("DISK_IS_OLDER 3"));

        TestHub.sql()
                .sql("update store_claim set granted_at = now(), granted_by = 'Ana' where store_id = ?")
                .param(shop.id.value())
                .update();
        alerts.look();
        later(Duration.ofMinutes(2));
        alerts.look();
        assertThat(of(rule).getFirst().resolvedAt()).isNotNull();
    }

    @Test
    void a_store_that_falls_silent_is_raised_once_told_once_and_is_over_by_itself() {
        AlertRule rule = rule(AlertKind.STORE_SILENT, 5, 2, null, null);
        heartbeat(0);
        alerts.look();
        assertThat(of(rule)).isEmpty();

        later(Duration.ofMinutes(6));
        alerts.look();
        alerts.look();
        later(Duration.ofMinutes(1));
        alerts.look();
        assertThat(of(rule)).singleElement().satisfies(alert -> {
            assertThat(alert.value()).isEqualTo(7);
            assertThat(alert.store()).isEqualTo(shop.id.value());
            assertThat(alert.toldAt()).isNotNull();
        });
        assertThat(letters(rule)).containsExactly("alert_raised");
        assertThat(newest(rule))
                .contains("Aviso: Regla STORE_SILENT (1)")
                .contains("sin reportarse desde hace 6 min")
                .contains("https://centro.example/console/alerts");
        assertThat(alerts.bell(BETO).count()).isPositive();

        heartbeat(0);
        alerts.look();
        assertThat(of(rule).getFirst().resolvedAt()).isNull();
        later(Duration.ofMinutes(2));
        heartbeat(0);
        alerts.look();
        assertThat(of(rule).getFirst().resolvedAt()).isNotNull();
        alerts.look();
        assertThat(letters(rule)).containsExactly("alert_raised", "alert_resolved");
        assertThat(alerts.events(of(rule).getFirst().id()))
                .extracting(Alerts.Event::what)
                .containsExactlyInAnyOrder(What.RAISED, What.TOLD, What.RESOLVED);
    }

    @Test
    void nobody_is_said_to_be_told_while_no_letter_can_be_written_and_is_told_when_one_can() {
        post(false);
        AlertRule rule = rule(AlertKind.STORE_LAG, 1, 0, null, null);
        heartbeat(50);
        alerts.look();
        assertThat(of(rule))
                .singleElement()
                .satisfies(alert -> assertThat(alert.toldAt()).isNull());
        assertThat(alerts.events(of(rule).getFirst().id()))
                .extracting(Alerts.Event::what)
                .containsExactly(What.RAISED);
        post(true);
        alerts.look();
        assertThat(of(rule).getFirst().toldAt()).isNotNull();
        assertThat(letters(rule)).containsExactly("alert_raised");
    }

    @Test
    void what_hovers_at_the_threshold_does_not_flap() {
        AlertRule rule = rule(AlertKind.STORE_LAG, 100, 1, null, null);
        for (long lag : new long[] {100, 95, 101, 92, 100}) {
            heartbeat(lag);
            alerts.look();
            later(Duration.ofMinutes(2));
        }
        assertThat(of(rule))
                .singleElement()
                .satisfies(alert -> assertThat(alert.resolvedAt()).isNull());
        heartbeat(80);
        alerts.look();
        later(Duration.ofMinutes(1));
        heartbeat(96);
        alerts.look();
        assertThat(of(rule).getFirst().resolvedAt())
                .as("back before it was calm for long")
                .isNull();
        heartbeat(0);
        alerts.look();
        later(Duration.ofMinutes(1));
        alerts.look();
        assertThat(of(rule))
                .singleElement()
                .satisfies(alert -> assertThat(alert.resolvedAt()).isNotNull());
        assertThat(letters(rule)).containsExactly("alert_raised", "alert_resolved");
    }

    @Test
    void an_alert_keeps_the_threshold_that_it_was_told_by() {
        AlertRule rule = rule(AlertKind.STORE_LAG, 100, 1, null, null);
        heartbeat(150);
        alerts.look();
        done(alerts.keep(
                new AlertRule(
                        rule.id(),
                        rule.kind(),
                        rule.name(),
                        true,
                        500,
                        1,
                        null,
                        rule.store(),
                        rule.job(),
                        rule.audience(),
                        true,
                        true,
                        Language.ES,
                        null,
                        null),
                ANA));
        heartbeat(0);
        alerts.look();
        later(Duration.ofMinutes(2));
        alerts.look();
        assertThat(of(rule)).singleElement().satisfies(alert -> {
            assertThat(alert.resolvedAt()).isNotNull();
            assertThat(alert.threshold()).isEqualTo(100);
        });
    }

    @Test
    void in_a_muted_time_nobody_is_told_and_what_lasts_is_told_after_it() {
        AlertRule rule = rule(AlertKind.STORE_LAG, 1, 0, null, null);
        done(alerts.mute(rule.id(), TestHub.CLOCK.instant().plusSeconds(3600), ANA));
        heartbeat(50);
        alerts.look();
        assertThat(of(rule))
                .singleElement()
                .satisfies(alert -> assertThat(alert.muted()).isTrue());
        assertThat(letters(rule)).isEmpty();
        later(Duration.ofMinutes(61));
        alerts.look();
        assertThat(letters(rule)).containsExactly("alert_raised");

        // What begins and ends in a muted time is history only.
        AlertRule other = rule(AlertKind.STORE_LAG, 1, 0, null, null);
        done(alerts.mute(other.id(), TestHub.CLOCK.instant().plusSeconds(3600), ANA));
        alerts.look();
        heartbeat(0);
        alerts.look();
        alerts.look();
        done(alerts.mute(other.id(), null, ANA));
        alerts.look();
        assertThat(of(other).getFirst().resolvedAt()).isNotNull();
        assertThat(letters(other)).isEmpty();
    }

    @Test
    void a_weekly_window_may_go_over_midnight() {
        ZoneId zone = ZoneId.of(TestHub.bean(WatchTable.class).zone());
        LocalTime now = LocalTime.ofInstant(TestHub.CLOCK.instant(), zone);
        EnumSet<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
        AlertRule rule =
                rule(AlertKind.STORE_LAG, 1, 0, null, new AlertRule.Quiet(days, now.plusHours(1), now.minusHours(1)));
        AlertRule quiet =
                rule(AlertKind.STORE_LAG, 1, 0, null, new AlertRule.Quiet(days, now.minusHours(1), now.plusHours(1)));
        heartbeat(9);
        alerts.look();
        assertThat(letters(rule)).containsExactly("alert_raised");
        assertThat(letters(quiet)).isEmpty();
        assertThat(alerts.rules())
                .filteredOn(one -> one.id().equals(quiet.id()))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.quiet().days()).hasSize(7);
                    assertThat(one).isEqualTo(quiet);
                });
    }

    @Test
    void reminders_come_until_somebody_takes_care_and_the_note_stays() {
        AlertRule rule = rule(AlertKind.STORE_LAG, 1, 0, 1, null);
        heartbeat(50);
        alerts.look();
        later(Duration.ofMinutes(61));
        heartbeat(50);
        alerts.look();
        alerts.look();
        assertThat(letters(rule)).containsExactly("alert_raised", "alert_reminded");
        Alert alert = of(rule).getFirst();
        done(alerts.acknowledge(alert.id(), "Ya hablé con Rita", BETO));
        assertThat(done(alerts.acknowledge(alert.id(), "otra", ANA)).acknowledgedBy())
                .isEqualTo("Beto Ruiz");
        later(Duration.ofMinutes(61));
        heartbeat(50);
        alerts.look();
        assertThat(letters(rule)).hasSize(2);
        assertThat(alerts.events(alert.id()))
                .filteredOn(event -> event.what() == What.ACKNOWLEDGED)
                .singleElement()
                .satisfies(event -> assertThat(event.note()).isEqualTo("Ya hablé con Rita"));
        assertThat(refused(alerts.acknowledge(UUID.randomUUID(), "", ANA))).isEqualTo("alert-unknown");
    }

    @Test
    void a_failed_job_is_over_when_a_later_run_is_done_and_not_while_it_is_tried_again() {
        AlertRule rule = rule(AlertKind.JOB_FAILED, 1, 0, null, null);
        long run = TestHub.sql()
                .sql("""
                    insert into job_run (job, cause, owner, started_by, started_at, ended_at, status, failure)
                    values (?, ?, 'hub', 'ana', now(), now(), 'FAILED', 'El disco está lleno')
                    returning id
                    """)
                .params("job-" + shop.id, UUID.randomUUID())
                .query(Long.class)
                .single();
        alerts.look();
        assertThat(of(rule))
                .singleElement()
                .satisfies(alert -> assertThat(alert.detail()).contains("disco"));
        state(run, "RUNNING");
        later(Duration.ofMinutes(1));
        alerts.look();
        assertThat(of(rule).getFirst().resolvedAt()).isNull();
        state(run, "DONE");
        later(Duration.ofMinutes(1));
        alerts.look();
        assertThat(of(rule))
                .singleElement()
                .satisfies(alert -> assertThat(alert.resolvedAt()).isNotNull());
    }

    private static void state(long run, String status) {
        TestHub.sql()
                .sql("update job_run set status = ? where id = ?")
                .params(status, run)
                .update();
    }

    @Test
    void what_a_run_newly_found_at_its_point_is_told_once_in_one_letter_and_is_then_over() {
        reorders("ANTES");
        later(Duration.ofMinutes(1));
        AlertRule rule = rule(AlertKind.LOW_STOCK, 2, 0, 1, null);
        later(Duration.ofMinutes(1));
        reorders("A-1", "A-2", "A-3");
        alerts.look();
        alerts.look();
        assertThat(letters(rule)).containsExactly("low_stock");
        assertThat(newest(rule))
                .contains(": 3 piezas. LOW A-1, LOW A-2, LOW A-3")
                .contains("https://centro.example/console/purchasing/reorder")
                .doesNotContain("ANTES");
        later(Duration.ofHours(2));
        alerts.look();
        assertThat(of(rule))
                .singleElement()
                .satisfies(alert -> assertThat(alert.resolvedAt()).isNotNull());
        assertThat(letters(rule)).as("no reminder, no end").hasSize(1);

        reorders("B-1");
        alerts.look();
        assertThat(of(rule)).as("fewer than the rule wants").hasSize(1);

        done(alerts.mute(rule.id(), TestHub.CLOCK.instant().plusSeconds(3600), ANA));
        later(Duration.ofMinutes(1));
        reorders("C-1", "C-2");
        alerts.look();
        later(Duration.ofMinutes(5));
        alerts.look();
        assertThat(letters(rule)).hasSize(1);
        later(Duration.ofMinutes(61));
        alerts.look();
        alerts.look();
        assertThat(letters(rule)).containsExactly("low_stock", "low_stock");
        assertThat(newest(rule)).contains(": 2 piezas. LOW C-1, LOW C-2");
    }

    /** What one run of the reorder job opens for this branch. */
    private void reorders(String... numbers) {
        var now = TestHub.CLOCK.instant().atOffset(ZoneOffset.UTC);
        for (String number : numbers) {
            UUID part = UUID.randomUUID();
            TestHub.sql().sql("""
                        insert into part (
                            id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code, sat_unit,
                            tax_object, created_at, catalogue_version)
                        values (:id, 'LOW', :number, :id::text, 'L', 'Bujía', '', '', 'PZA', 'GENERAL', 0, '', '', '02', now(), 0)
                        """).param("id", part).param("number", number).update();
            TestHub.sql()
                    .sql("""
                        insert into reorder_alert (
                            store_id, part_id, kind, on_hand, on_way, on_order, per_day, lost_per_day, season, lead_days, point, target, need,
                            from_branches, to_order, value, raised_at, seen_at, run_id)
                        values (:store, :part, 'REORDER', 0, 0, 0, 1, 0, 1, 7, 4000, 6000, 6000, 0, 1000, 0, :now, :now, 1)
                        """)
                    .param("store", shop.id.value())
                    .param("part", part)
                    .param("now", now)
                    .update();
        }
    }

    @Test
    void a_sale_of_what_somebody_set_or_more_is_told_once_and_none_below_it() {
        AlertRule rule = rule(AlertKind.NEW_SALE, 20_000, 0, null, null);
        later(Duration.ofMinutes(1));
        String large = sold(2_000_000);
        String small = sold(1_999_999);
        alerts.look();
        alerts.look();
        assertThat(letters(rule)).containsExactly("new_sale");
        assertThat(newest(rule))
                .contains("Ventas grandes: 1")
                .contains(large + ", $20,000.00")
                .doesNotContain(small)
                .contains("https://centro.example/console/documents");

        later(Duration.ofMinutes(2));
        alerts.look();
        String next = sold(5_000_050);
        alerts.look();
        assertThat(letters(rule)).containsExactly("new_sale", "new_sale");
        assertThat(newest(rule)).contains(next + ", $50,000.50").doesNotContain(large);
        later(Duration.ofMinutes(1));
        alerts.look();
        assertThat(of(rule))
                .hasSize(2)
                .allSatisfy(alert -> assertThat(alert.resolvedAt()).isNotNull());
        assertThat(letters(rule)).hasSize(2);
    }

    /** @return its folio */
    private String sold(long total) {
        Sale sale = shop.cashSaleOf(UUID.randomUUID(), 1);
        TestHub.bean(Intake.class).land(shop.id, frame(shop.sale(sale)));
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // until it is in the ledger
        }
        return TestHub.sql()
                .sql("""
                    update sale
                    set total = :total, sold_at = :now, business_day = (cast(:now as timestamptz) at time zone 'America/Mexico_City')::date
                    where id = :id
                    returning folio_prefix || '-' || lpad(folio_number::text, 6, '0')
                    """)
                .param("total", total)
                .param("now", TestHub.CLOCK.instant().atOffset(ZoneOffset.UTC))
                .param("id", sale.id())
                .query(String.class)
                .single();
    }

    @Test
    void two_processes_that_look_at_once_raise_and_tell_once() throws Exception {
        AlertRule rule = rule(AlertKind.STORE_LAG, 1, 0, null, null);
        heartbeat(50);
        try (ExecutorService hubs = Executors.newFixedThreadPool(4)) {
            Callable<Alerts.Looked> look = alerts::look;
            for (Future<Alerts.Looked> each : hubs.invokeAll(List.of(look, look, look, look))) each.get();
        }
        alerts.look();
        assertThat(of(rule)).hasSize(1);
        assertThat(letters(rule)).containsExactly("alert_raised");
    }

    @Test
    void a_rule_that_goes_ends_what_it_raised() {
        AlertRule rule = rule(AlertKind.STORE_LAG, 1, 60, null, null);
        heartbeat(50);
        alerts.look();
        done(alerts.remove(rule.id(), ANA));
        alerts.look();
        assertThat(of(rule))
                .singleElement()
                .satisfies(alert -> assertThat(alert.resolvedAt()).isNotNull());
        assertThat(letters(rule)).containsExactly("alert_raised");
        assertThat(refused(alerts.remove(rule.id(), ANA))).isEqualTo("alert-rule-unknown");
        assertThat(refused(alerts.keep(
                        new AlertRule(
                                UUID.randomUUID(),
                                AlertKind.PARKED,
                                "x",
                                true,
                                1,
                                0,
                                null,
                                null,
                                null,
                                Audience.NOBODY,
                                true,
                                false,
                                Language.EN,
                                null,
                                null),
                        ANA)))
                .isEqualTo("alert-rule-audience");
    }
}
