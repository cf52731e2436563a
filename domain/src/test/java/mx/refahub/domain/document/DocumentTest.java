package mx.refahub.domain.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.store.StoreId;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DocumentTest {
    private static final StoreId STORE = StoreId.of("01939b8e-0000-7000-8000-000000000001");
    private static final KeyPair KEYS = Documents.keys();

    /** Worked out apart from this code: the fields written one after the other with their lengths and hashed with sha256sum. */
    @Example
    void the_hash_of_a_known_document_is_the_one_worked_out_by_hand() {
        Envelope envelope = new Envelope(
                UUID.fromString("01939b8e-0000-7000-8000-00000000000a"),
                STORE,
                1,
                1,
                "sale:1",
                "sale",
                1,
                Instant.ofEpochMilli(1_700_000_000_123L),
                List.of(UUID.fromString("01939b8e-0000-7000-8000-00000000000b")),
                Sha256.NONE);
        assertThat(envelope.hash("{\"total\":48900}".getBytes(StandardCharsets.UTF_8))
                        .toString())
                .isEqualTo("c36d1656aff6538e4858e6bc2c41fa15b1a381295a89195598907f99b9129697");
    }

    @Property(tries = 50)
    void a_changed_bit_anywhere_is_noticed(
            @ForAll @IntRange(min = 1, max = 1000) int sequence, @ForAll @IntRange(max = 10_000) int bit) {
        Document document = Documents.signed(STORE, sequence, Sha256.NONE, KEYS);
        assertThat(document.isAuthentic(KEYS.getPublic())).isTrue();

        byte[] body = document.body();
        body[bit / 8 % body.length] ^= (byte) (1 << bit % 8);
        assertThat(new Document(document.envelope(), document.hash(), document.signature(), body)
                        .isAuthentic(KEYS.getPublic()))
                .isFalse();

        byte[] signature = document.signature();
        signature[bit / 8 % signature.length] ^= (byte) (1 << bit % 8);
        assertThat(new Document(document.envelope(), document.hash(), signature, document.body())
                        .isAuthentic(KEYS.getPublic()))
                .isFalse();
    }

    @Example
    void another_stores_key_does_not_verify() {
        assertThat(Documents.signed(STORE, 1, Sha256.NONE, KEYS)
                        .isAuthentic(Documents.keys().getPublic()))
                .isFalse();
    }

    @Property(tries = 50)
    void a_frame_comes_out_of_its_bytes_as_it_went_in(
            @ForAll @IntRange(min = 1, max = 50) int count, @ForAll @IntRange(max = 5) int resync) {
        Frame frame = new Frame(resync, Documents.chain(STORE, count));
        byte[] bytes = FrameCodec.encode(frame);
        assertThat(FrameCodec.decode(bytes)).isEqualTo(frame);
        assertThat(bytes.length)
                .isEqualTo(12
                        + frame.documents().stream().mapToInt(FrameCodec::size).sum());
    }

    @Property(tries = 300)
    void damaged_bytes_are_refused_or_read_but_never_anything_else(
            @ForAll @IntRange(max = 3000) int at, @ForAll byte value, @ForAll @IntRange(max = 3000) int cut) {
        byte[] bytes = FrameCodec.encode(new Frame(0, Documents.chain(STORE, 5)));
        bytes[at % bytes.length] = value;
        byte[] damaged = Arrays.copyOf(bytes, Math.max(0, bytes.length - cut % bytes.length));
        try {
            assertThat(FrameCodec.decode(damaged).documents()).hasSize(5);
        } catch (Failure e) {
            assertThat(e.kind()).isEqualTo(FailureKind.REJECTED);
        }
    }

    @Example
    void a_frame_with_a_hole_is_no_frame() {
        List<Document> chain = Documents.chain(STORE, 3);
        assertThatThrownBy(() -> new Frame(0, List.of(chain.get(0), chain.get(2))))
                .hasMessageContaining("not consecutive");
    }

    @Example
    void a_frames_duplicate_id_names_store_epoch_range_and_resync() {
        assertThat(new Frame(4, Documents.chain(STORE, 3)).duplicateId()).isEqualTo(STORE + ":1:1-3:4");
    }
}
