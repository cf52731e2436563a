package mx.refahub.hub.landing;

import static mx.refahub.hub.TestShop.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.DownMessage;
import mx.refahub.domain.delivery.GapRequest;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Landing;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.store.StoreId;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private final Intake intake = TestHub.bean(Intake.class);
    private final TestShop shop = TestShop.open();

    @Test
    void documents_land_once_and_the_store_is_told_how_far() {
        List<Document> sales = shop.cashSales(3);

        Intake.Receipt first = intake.land(shop.id, frame(sales));
        Intake.Receipt again = intake.land(shop.id, frame(sales));

        assertThat(first.landed()).isEqualTo(3);
        assertThat(acknowledgement(first).landed()).isEqualTo(3);
        assertThat(acknowledgement(first).hash()).isEqualTo(sales.getLast().hash());
        assertThat(again.landed()).isZero();
        assertThat(again.duplicates()).isEqualTo(3);
        assertThat(acknowledgement(again)).isEqualTo(acknowledgement(first));
        assertThat(stored()).isEqualTo(3);
        assertThat(number("select duplicates from landing where store_id = ?")).isEqualTo(3);
    }

    @Test
    void what_is_stored_is_byte_for_byte_what_was_written() {
        UUID earlier = UUID.randomUUID();
        Document document =
                shop.writeRaw("sale:ñ-€", "sale", 1, "{ \"á\" : \"\\u0000 😀\" }", earlier, UUID.randomUUID());

        intake.land(shop.id, frame(document));

        assertThat(TestHub.sql()
                        .sql("select body from document where id = ?")
                        .param(document.id())
                        .query(byte[].class)
                        .single())
                .isEqualTo(document.body());
        assertThat(TestHub.sql()
                        .sql(
                                "select key || ' ' || array_length(after, 1) || ' ' || (after[1] = ?) from document where id = ?")
                        .params(earlier, document.id())
                        .query(String.class)
                        .single())
                .isEqualTo("sale:ñ-€ 2 true");
    }

    @Test
    void frames_that_overlap_after_a_rewind_land_their_new_part() {
        List<Document> sales = shop.cashSales(6);
        intake.land(shop.id, frame(sales.subList(0, 4)));

        Intake.Receipt receipt = intake.land(shop.id, frame(sales.subList(2, 6)));

        assertThat(receipt.landed()).isEqualTo(2);
        assertThat(receipt.duplicates()).isEqualTo(2);
        assertThat(acknowledgement(receipt).landed()).isEqualTo(6);
    }

    @Test
    void documents_beyond_a_gap_wait_and_land_when_it_is_filled() {
        List<Document> sales = shop.cashSales(5);
        intake.land(shop.id, frame(sales.subList(0, 1)));

        Intake.Receipt ahead = intake.land(shop.id, frame(sales.subList(3, 5)));
        Intake.Receipt aheadAgain = intake.land(shop.id, frame(sales.subList(3, 5)));
        Intake.Receipt filled = intake.land(shop.id, frame(sales.subList(1, 3)));

        assertThat(ahead.landed()).isZero();
        assertThat(gaps(ahead)).containsExactly(2L);
        assertThat(aheadAgain.duplicates()).isEqualTo(2);
        assertThat(gaps(aheadAgain)).as("asked for at most every 30 s").isEmpty();
        assertThat(filled.landed()).isEqualTo(4);
        assertThat(acknowledgement(filled).landed()).isEqualTo(5);
        assertThat(number("select count(*) from document_waiting where store_id = ?"))
                .isZero();
    }

    @Test
    void a_gap_that_stays_open_is_asked_for_again() {
        List<Document> sales = shop.cashSales(3);
        intake.land(shop.id, frame(sales.subList(2, 3)));
        assertThat(remindersFor(shop)).noneMatch(GapRequest.class::isInstance);

        TestHub.CLOCK.advance(Landing.GAP_INTERVAL);

        assertThat(remindersFor(shop)).anyMatch(message -> message instanceof GapRequest gap && gap.from() == 1);
        assertThat(remindersFor(shop)).noneMatch(GapRequest.class::isInstance);
    }

    @Test
    void a_store_that_has_heard_nothing_for_a_while_is_told_again_where_it_stands() {
        intake.land(shop.id, frame(shop.cashSales(2)));
        assertThat(remindersFor(shop)).isEmpty();

        TestHub.CLOCK.advance(Duration.ofSeconds(31));

        assertThat(remindersFor(shop))
                .singleElement()
                .isInstanceOfSatisfying(
                        Acknowledgement.class, ack -> assertThat(ack.landed()).isEqualTo(2));
        assertThat(remindersFor(shop)).isEmpty();
    }

    @Test
    void a_disk_that_was_restored_and_sold_on_is_a_fork_and_freezes_the_store() {
        intake.land(shop.id, frame(shop.cashSales(2)));
        TestShop.Disk backup = shop.disk();
        intake.land(shop.id, frame(shop.cashSales(2)));
        shop.restore(backup);
        List<Document> otherHistory = shop.cashSales(2);

        Intake.Receipt forked = intake.land(shop.id, frame(otherHistory));
        Intake.Receipt later = intake.land(shop.id, frame(shop.cashSales(1)));

        assertThat(forked.landed()).isZero();
        assertThat(forked.replies()).as("no acknowledgement").isEmpty();
        assertThat(later.landed()).isZero();
        assertThat(stored()).isEqualTo(4);
        assertThat(TestHub.sql()
                        .sql("select frozen_cause || ' ' || frozen_sequence from landing where store_id = ?")
                        .param(shop.id.value())
                        .query(String.class)
                        .single())
                .isEqualTo("CAME_AGAIN 3");
        assertThat(asides()).containsExactlyInAnyOrder("FORK", "FROZEN", "FROZEN");
        TestHub.CLOCK.advance(Duration.ofMinutes(2));
        assertThat(remindersFor(shop)).isEmpty();
    }

    @Test
    void a_document_of_another_store_is_kept_as_evidence_and_changes_nothing() {
        TestShop other = TestShop.open();

        Intake.Receipt receipt = intake.land(shop.id, frame(other.cashSales(1)));

        assertThat(receipt.landed()).isZero();
        assertThat(stored()).isZero();
        assertThat(asides()).containsExactly("FOREIGN");
        assertThat(intake.land(shop.id, frame(shop.cashSales(1))).landed()).isEqualTo(1);
    }

    @Test
    void a_document_that_another_key_signed_is_not_authentic() {
        Document honest = shop.cashSale(UUID.randomUUID());
        Document forged = Document.seal(
                honest.envelope(),
                honest.body(),
                mx.refahub.domain.document.Documents.keys().getPrivate());

        assertThat(intake.land(shop.id, frame(forged)).landed()).isZero();
        assertThat(asides()).containsExactly("NOT_AUTHENTIC");
        assertThat(intake.land(shop.id, frame(honest)).landed()).isEqualTo(1);
    }

    @Test
    void an_id_that_comes_twice_under_two_sequences_freezes_the_store_instead_of_stopping_the_intake() {
        Document first = shop.cashSale(UUID.randomUUID());
        Document second = shop.cashSale(UUID.randomUUID());
        Document reused = shop.seal(first.id(), "sale:x", "sale", 1, "{}");

        Intake.Receipt receipt = intake.land(shop.id, frame(first, second, reused));

        assertThat(receipt.landed()).isEqualTo(2);
        assertThat(receipt.replies()).isEmpty();
        assertThat(asides()).containsExactly("FORK");
    }

    @Test
    void a_store_that_is_not_registered_is_rejected() {
        StoreId stranger = new StoreId(UUID.randomUUID());

        assertThatThrownBy(() -> intake.land(stranger, frame(shop.cashSales(1))))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.REJECTED));
    }

    @Test
    void bytes_that_are_no_frame_are_kept_once() {
        byte[] bytes = ("not a frame of " + shop.id).getBytes(StandardCharsets.UTF_8);

        intake.putAside(Optional.of(shop.id), bytes, "not a frame: it does not begin with RHF1");
        intake.putAside(Optional.of(shop.id), bytes, "not a frame: it does not begin with RHF1");
        intake.putAside(Optional.empty(), UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8), "no sender");

        assertThat(asides()).containsExactly("not a frame: it does not begin with RHF1");
    }

    @Test
    void landing_that_fails_before_its_commit_leaves_nothing() {
        List<Document> sales = shop.cashSales(2);
        TestHub.sql()
                .sql("alter table document_to_apply add constraint test_no_room check (store_id <> '" + shop.id + "')")
                .update();
        try {
            assertThatThrownBy(() -> intake.land(shop.id, frame(sales))).isInstanceOf(RuntimeException.class);
            assertThat(stored()).isZero();
            assertThat(number("select landed from landing where store_id = ?")).isZero();
        } finally {
            TestHub.sql()
                    .sql("alter table document_to_apply drop constraint test_no_room")
                    .update();
        }
        assertThat(intake.land(shop.id, frame(sales)).landed()).isEqualTo(2);
    }

    private List<DownMessage> remindersFor(TestShop which) {
        return intake.reminders().stream()
                .filter(message -> message instanceof Acknowledgement ack
                                && ack.store().equals(which.id)
                        || message instanceof GapRequest gap && gap.store().equals(which.id))
                .toList();
    }

    private static Acknowledgement acknowledgement(Intake.Receipt receipt) {
        return receipt.replies().stream()
                .filter(Acknowledgement.class::isInstance)
                .map(Acknowledgement.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<Long> gaps(Intake.Receipt receipt) {
        return receipt.replies().stream()
                .filter(GapRequest.class::isInstance)
                .map(message -> ((GapRequest) message).from())
                .toList();
    }

    private long stored() {
        return number("select count(*) from document where store_id = ?");
    }

    private long number(String query) {
        return TestHub.sql().sql(query).param(shop.id.value()).query(Long.class).single();
    }

    private List<String> asides() {
        return TestHub.sql()
                .sql("select why from document_aside where store_id = ?")
                .param(shop.id.value())
                .query(String.class)
                .list();
    }
}
