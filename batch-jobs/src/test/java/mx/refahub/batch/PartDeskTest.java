package mx.refahub.batch;

import static mx.refahub.batch.Hub.BARCODES;
import static mx.refahub.batch.Hub.INTERCHANGE;
import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.done;
import static mx.refahub.batch.Hub.part;
import static mx.refahub.batch.Hub.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import mx.refahub.batch.index.IndexFollower;
import mx.refahub.batch.index.IndexStep;
import mx.refahub.batch.part.PostgresPartDesk;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Uuid7;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Barcode;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.PartChange;
import mx.refahub.domain.part.PartDesk.Standing;
import mx.refahub.domain.part.PartField;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.PartRelation;
import mx.refahub.domain.part.PartSheet;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.tax.TaxClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartDeskTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-11-04T15:00:00Z"), ZoneOffset.UTC);
    private static final IdSource IDS = new Uuid7(CLOCK, new Random(3));
    private static final Person LUCIA = new Person(new UserId(IDS.next()), "Lucía Ramos", Role.ADMIN);

    @TempDir
    Path folder;

    private Hub hub;
    private PostgresPartDesk desk;
    private final AtomicInteger published = new AtomicInteger();

    @BeforeEach
    void open() {
        hub = new Hub(folder, 1000);
        desk = new PostgresPartDesk(hub.database, published::incrementAndGet, CLOCK, IDS);
        hub.feed(
                "catalogue-import",
                "parts",
                PARTS + part("FRI", "7974-D1045", "Balata", "489.00") + part("BRE", "P85-114", "Balata", "612.50"),
                "barcodes",
                BARCODES + "FRI,7974-D1045,7501,1\n",
                "interchange",
                INTERCHANGE + "BRE,P85-114,OEM,VW,1K0698151\n");
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private PartId id(String number) {
        return new PartId(hub.sql
                .sql("select id from part where part_number = :number")
                .param("number", number)
                .query(UUID.class)
                .single());
    }

    private Standing standing(String number) {
        return desk.part(id(number)).orElseThrow();
    }

    private static PartSheet sheet(
            PartSheet of,
            String nameEs,
            Long price,
            List<Barcode> barcodes,
            List<Interchange> others,
            List<Fitment> fits) {
        return new PartSheet(
                of.lineCode(),
                of.number(),
                of.brand(),
                nameEs,
                of.nameEn(),
                of.category(),
                of.unit(),
                of.taxClass(),
                of.core(),
                of.satCode(),
                of.satUnit(),
                of.taxObject(),
                price == null ? null : new Price(Money.mxn(price), true),
                barcodes,
                others,
                fits,
                of.relations());
    }

    private static PartSheet related(PartSheet of, PartRelation... relations) {
        return new PartSheet(
                of.lineCode(),
                of.number(),
                of.brand(),
                of.nameEs(),
                of.nameEn(),
                of.category(),
                of.unit(),
                of.taxClass(),
                of.core(),
                of.satCode(),
                of.satUnit(),
                of.taxObject(),
                of.price(),
                of.barcodes(),
                of.interchanges(),
                of.fitments(),
                List.of(relations));
    }

    private static PartRelation relation(PartRelation.Kind kind, String line, String number, long quantity) {
        return new PartRelation(
                kind,
                new LineCode(line),
                new PartNumber(number),
                PartRelation.Grade.NONE,
                Quantity.of(quantity),
                "",
                "");
    }

    @Test
    void what_goes_with_a_part_is_told_by_hand_and_undone() {
        PartRelation with = relation(PartRelation.Kind.ACCESSORY, "BRE", "P85-114", 2);
        Standing before = standing("7974-D1045");

        Standing mended = done(desk.mend(before.id(), before.version(), related(before.sheet(), with), LUCIA));
        assertThat(mended.sheet().relations()).containsExactly(with);
        assertThat(standing("7974-D1045").sheet()).isEqualTo(mended.sheet());
        assertThat(hub.texts("select part_number from part where catalogue_version = " + hub.version("catalogue")))
                .containsExactly("7974-D1045");
        PartChange change = desk.history(before.id(), 1).getFirst();
        assertThat(change.differences())
                .singleElement()
                .matches(each -> each.field() == PartField.RELATION && each.before() == null);

        // A part that leaves the catalogue stays where it was told; it cannot be told anew.
        done(desk.remove(id("P85-114"), LUCIA));
        Standing still = done(desk.mend(
                before.id(),
                mended.version(),
                related(mended.sheet(), relation(PartRelation.Kind.ACCESSORY, "BRE", "P85-114", 3)),
                LUCIA));
        assertThat(refused(desk.undo(before.id(), change.id(), LUCIA)).code()).isEqualTo("change-overtaken");
        done(desk.undo(before.id(), desk.history(before.id(), 1).getFirst().id(), LUCIA));
        done(desk.undo(before.id(), change.id(), LUCIA));
        assertThat(standing("7974-D1045").sheet().relations()).isEmpty();
        Standing now = standing("7974-D1045");
        assertThat(refused(desk.mend(now.id(), now.version(), still.sheet(), LUCIA)))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("relation-part-unknown"))
                .satisfies(refusal -> assertThat(refusal.arguments()).containsExactly("BRE P85-114"));
    }

    @Test
    void a_kit_told_by_hand_never_holds_itself() {
        Standing pads = standing("7974-D1045");
        Standing other = standing("P85-114");
        done(desk.mend(
                pads.id(),
                pads.version(),
                related(pads.sheet(), relation(PartRelation.Kind.COMPONENT, "BRE", "P85-114", 1)),
                LUCIA));

        assertThat(refused(desk.mend(
                                other.id(),
                                other.version(),
                                related(other.sheet(), relation(PartRelation.Kind.COMPONENT, "FRI", "7974-D1045", 1)),
                                LUCIA))
                        .code())
                .isEqualTo("kit-in-a-circle");
        assertThat(standing("P85-114").sheet().relations()).isEmpty();
    }

    private static PartSheet named(PartSheet of, String nameEs) {
        return sheet(
                of,
                nameEs,
                of.price() == null ? null : of.price().amount().minor(),
                of.barcodes(),
                of.interchanges(),
                of.fitments());
    }

    private static PartSheet fresh(String line, String number, List<Barcode> barcodes) {
        return new PartSheet(
                new LineCode(line),
                new PartNumber(number),
                "Alternadores MX",
                "Alternador",
                "",
                "Eléctrico",
                "PZA",
                TaxClass.GENERAL,
                Money.mxn(60_000),
                "26111700",
                "H87",
                "02",
                new Price(Money.mxn(325_000), true),
                barcodes,
                List.of(),
                List.of(new Fitment("Nissan", "Tsuru", 1992, 2017, "1.6", "", "")),
                List.of());
    }

    @Test
    void a_part_made_by_hand_is_in_the_catalogue_with_its_price_and_travels() {
        long catalogue = hub.version("catalogue");
        long prices = hub.version("prices");

        Standing made = done(desk.add(fresh("ALT", "23-11254", List.of(new Barcode("7509", Quantity.of(4)))), LUCIA));

        assertThat(made.sheet()).isEqualTo(fresh("ALT", "23-11254", List.of(new Barcode("7509", Quantity.of(4)))));
        assertThat(hub.version("catalogue")).isEqualTo(catalogue + 1);
        assertThat(hub.version("prices")).isEqualTo(prices + 1);
        assertThat(hub.one(
                        "select catalogue_version from part where part_number = '23-11254' and normal_number = '2311254'",
                        Long.class))
                .isEqualTo(catalogue + 1);
        assertThat(published).hasValue(1);
        assertThat(desk.history(made.id(), 10)).singleElement().satisfies(change -> {
            assertThat(change.who()).isEqualTo("Lucía Ramos");
            assertThat(change.kind()).isEqualTo(PartChange.Kind.ADDED);
            assertThat(change.at()).isEqualTo(CLOCK.instant());
        });
        assertThat(refused(desk.add(fresh("ALT", "23-11254", List.of()), LUCIA)).code())
                .isEqualTo("part-exists");
        assertThat(refused(desk.add(fresh("ALT", "1", List.of(new Barcode("7501", Quantity.ONE))), LUCIA))
                        .arguments())
                .containsExactly("7501", "FRI 7974-D1045");
    }

    @Test
    void a_mended_part_keeps_who_changed_what_and_only_that() {
        Standing before = standing("7974-D1045");
        long catalogue = hub.version("catalogue");
        long prices = hub.version("prices");

        Standing after = done(
                desk.mend(before.id(), before.version(), named(before.sheet(), "Balata delantera cerámica"), LUCIA));

        assertThat(hub.version("catalogue")).isEqualTo(catalogue + 1);
        assertThat(hub.version("prices")).as("its price is as it was").isEqualTo(prices);
        assertThat(after.version()).isNotEqualTo(before.version());
        assertThat(desk.history(before.id(), 10))
                .singleElement()
                .satisfies(change -> assertThat(change.differences())
                        .containsExactly(
                                new PartChange.Difference(PartField.NAME_ES, "Balata", "Balata delantera cerámica")));
        assertThat(refused(desk.mend(before.id(), before.version(), named(before.sheet(), "Otra"), LUCIA))
                        .code())
                .as("somebody was quicker")
                .isEqualTo("part-changed");
        assertThat(done(desk.mend(after.id(), after.version(), after.sheet(), LUCIA)))
                .as("nothing changes")
                .isEqualTo(after);
        assertThat(hub.version("catalogue")).isEqualTo(catalogue + 1);
    }

    @Test
    void an_equivalence_told_by_hand_holds_both_ways_until_it_is_taken_back() {
        Standing fritec = standing("7974-D1045");
        Interchange equal = new Interchange(Interchange.Kind.EQUIVALENT, "BRE", new PartNumber("P85 114"));
        long before = hub.version("catalogue");

        done(desk.mend(
                fritec.id(),
                fritec.version(),
                sheet(fritec.sheet(), "Balata", 48_900L, fritec.sheet().barcodes(), List.of(equal), List.of()),
                LUCIA));

        Standing brembo = standing("P85-114");
        assertThat(brembo.mirrored())
                .extracting(other -> other.otherNumber().value())
                .containsExactly("7974-D1045");
        assertThat(brembo.sheet().interchanges()).hasSize(1);
        assertThat(hub.one("select count(*) from part where catalogue_version = " + (before + 1), Long.class))
                .as("both travel")
                .isEqualTo(2);

        UUID change = desk.history(fritec.id(), 1).getFirst().id();
        done(desk.undo(fritec.id(), change, LUCIA));
        assertThat(standing("P85-114").mirrored()).isEmpty();
        assertThat(standing("7974-D1045").sheet().interchanges()).isEmpty();
    }

    @Test
    void one_change_is_undone_and_later_ones_stay() {
        Standing part = standing("7974-D1045");
        Standing renamed = done(desk.mend(part.id(), part.version(), named(part.sheet(), "Balata cerámica"), LUCIA));
        UUID first = desk.history(part.id(), 1).getFirst().id();
        Standing dearer = done(desk.mend(
                part.id(),
                renamed.version(),
                sheet(
                        renamed.sheet(),
                        "Balata cerámica",
                        52_000L,
                        List.of(new Barcode("7502", Quantity.of(2))),
                        List.of(),
                        List.of(new Fitment("Volkswagen", "Jetta", 2011, 2018, "2.5", "Sedán", "", ""))),
                LUCIA));

        Standing undone = done(desk.undo(part.id(), first, LUCIA));

        assertThat(undone.sheet()).isEqualTo(named(dearer.sheet(), "Balata"));
        List<PartChange> history = desk.history(part.id(), 10);
        assertThat(history)
                .extracting(PartChange::kind)
                .containsExactly(PartChange.Kind.UNDONE, PartChange.Kind.MENDED, PartChange.Kind.MENDED);
        assertThat(history.getFirst().undoes()).isEqualTo(first);
        assertThat(history.getLast().undone()).isTrue();
        assertThat(refused(desk.undo(part.id(), first, LUCIA)).code()).isEqualTo("change-undone");

        Standing named = done(desk.mend(part.id(), undone.version(), named(undone.sheet(), "Pastilla"), LUCIA));
        assertThat(refused(desk.undo(part.id(), history.getFirst().id(), LUCIA)).arguments())
                .as("the name was changed again")
                .containsExactly("NAME_ES");
        assertThat(desk.part(part.id())).contains(named);
    }

    @Test
    void a_removed_part_leaves_the_catalogue_and_comes_back_as_it_was() {
        Standing part = standing("7974-D1045");

        Standing removed = done(desk.remove(part.id(), LUCIA));

        assertThat(removed.removed()).isTrue();
        assertThat(hub.one("select removed_at is not null from part where part_number = '7974-D1045'", Boolean.class))
                .isTrue();
        assertThat(refused(desk.remove(part.id(), LUCIA)).code()).isEqualTo("part-is-removed");
        assertThat(desk.removed(10)).singleElement().satisfies(gone -> {
            assertThat(gone.id()).isEqualTo(part.id());
            assertThat(gone.number().value()).isEqualTo("7974-D1045");
            assertThat(gone.at()).isEqualTo(CLOCK.instant());
        });
        Standing back = done(desk.restore(part.id(), LUCIA));
        assertThat(back.removed()).isFalse();
        assertThat(back.sheet()).isEqualTo(part.sheet());
        UUID removal = desk.history(part.id(), 10).getLast().id();
        assertThat(refused(desk.undo(part.id(), removal, LUCIA)).code()).isEqualTo("change-overtaken");
        assertThat(refused(desk.remove(new PartId(UUID.randomUUID()), LUCIA)).code())
                .isEqualTo("part-unknown");
    }

    @Test
    void a_price_that_is_taken_away_is_told_to_the_stores() {
        Standing part = standing("7974-D1045");
        long prices = hub.version("prices");

        done(desk.mend(
                part.id(),
                part.version(),
                sheet(part.sheet(), "Balata", null, part.sheet().barcodes(), List.of(), List.of()),
                LUCIA));

        assertThat(hub.one(
                        "select count(*) from part_price where amount is null and prices_version = " + (prices + 1),
                        Long.class))
                .isEqualTo(1);
    }

    @Test
    void the_index_follows_a_change_by_itself() {
        long indexed = hub.version("index");
        IndexFollower follower = new IndexFollower(hub.database, hub.index, new IndexStep.Builds(), CLOCK);
        try {
            follower.start();
            PostgresPartDesk followed = new PostgresPartDesk(hub.database, follower::wake, CLOCK, IDS);
            PartId made = done(followed.add(fresh("ALT", "23-11254", List.of()), LUCIA))
                    .id();
            await().atMost(Duration.ofSeconds(60)).until(() -> hub.index.published.containsKey(made));
            await().atMost(Duration.ofSeconds(60)).until(() -> hub.version("index") == indexed + 1);
            assertThat(hub.index.builds.getLast()).as("only what changed").hasSize(1);

            done(followed.remove(made, LUCIA));
            await().atMost(Duration.ofSeconds(60)).until(() -> !hub.index.published.containsKey(made));
        } finally {
            follower.stop();
        }
    }
}
