package mx.refahub.hub.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.part.PartGallery;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartImage;
import mx.refahub.domain.part.PartImages;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.hub.TestHub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartGalleryTest {
    private static final Person LUCIA = new Person(new UserId(UUID.randomUUID()), "Lucía Ramos", Role.ADMIN);

    @TempDir
    Path folder;

    private final PartGallery gallery = TestHub.bean(PartGallery.class);
    private final PartImages images = TestHub.bean(PartImages.class);
    private final String line =
            "L" + UUID.randomUUID().toString().substring(0, 6).toUpperCase(java.util.Locale.ROOT);
    private final PartId part = part("7974-D1045");

    private PartId part(String number) {
        UUID id = UUID.randomUUID();
        TestHub.sql()
                .sql("""
                insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core,
                    sat_code, sat_unit, tax_object, created_at, catalogue_version)
                values (?, ?, ?, ?, 'FRITEC', 'Balata', '', '', 'JGO', 'GENERAL', 0, '25172504', 'H87', '02', now(), 0)
                """)
                .params(id, line, number, mx.refahub.domain.part.PartNumber.normal(number))
                .update();
        return new PartId(id);
    }

    private static <T> T done(Outcome<T> outcome) {
        return outcome.fold(value -> value, refusal -> {
            throw new AssertionError(refusal);
        });
    }

    private static Refusal refused(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<?>) outcome).refusal();
    }

    private static Path file(String hash) {
        return TestHub.scratch("hub")
                .resolve("images")
                .resolve(hash.substring(0, 2))
                .resolve(hash + ".webp");
    }

    @Test
    void pictures_are_kept_in_order_once_each_and_the_trail_says_who() {
        done(gallery.add(part, Pictures.jpeg(Color.RED), LUCIA));
        List<PartImage> two = done(gallery.add(part, Pictures.jpeg(Color.GREEN), LUCIA));
        assertThat(done(gallery.add(part, Pictures.jpeg(Color.RED), LUCIA))).isEqualTo(two);

        List<String> turned = List.of(two.get(1).hash(), two.get(0).hash());
        assertThat(done(gallery.arrange(part, turned, LUCIA)))
                .extracting(PartImage::hash)
                .isEqualTo(turned);
        assertThat(refused(gallery.arrange(part, List.of(turned.getFirst()), LUCIA))
                        .code())
                .isEqualTo("images-changed");
        assertThat(images.of(part)).extracting(PartImage::hash).isEqualTo(turned);
        assertThat(TestHub.sql()
                        .sql("select act from audit where subject = ? order by at, id")
                        .param(part.toString())
                        .query(String.class)
                        .list())
                .containsExactly("part-image-added", "part-image-added", "part-images-arranged");
        assertThat(images.file(turned.getFirst()))
                .hasValueSatisfying(bytes -> assertThat(ImageFiles.hash(bytes)).isEqualTo(turned.getFirst()));
        assertThat(images.file("../../secret")).isEmpty();
    }

    @Test
    void a_picture_goes_when_its_last_part_lets_it_go() {
        PartId other = part("OTHER-1");
        PartImage image =
                done(gallery.add(part, Pictures.jpeg(Color.ORANGE), LUCIA)).getFirst();
        PartImage second =
                done(gallery.add(part, Pictures.jpeg(Color.PINK), LUCIA)).getLast();
        done(gallery.add(other, Pictures.jpeg(Color.ORANGE), LUCIA));

        assertThat(done(gallery.remove(part, image.hash(), LUCIA))).containsExactly(second);
        assertThat(file(image.hash())).exists();
        done(gallery.remove(other, image.hash(), LUCIA));
        assertThat(file(image.hash())).doesNotExist();
        assertThat(file(image.smallHash())).doesNotExist();
        assertThat(refused(gallery.remove(other, image.hash(), LUCIA)).code()).isEqualTo("image-unknown");
        assertThat(file(second.hash())).exists();
    }

    @Test
    void a_part_has_twelve_pictures_at_most_and_must_be_known() {
        for (int i = 0; i < PartGallery.MOST_PER_PART; i++)
            done(gallery.add(part, Pictures.file("png", 40, 40, new Color(i * 20, 0, 200 - i * 10)), LUCIA));
        assertThat(refused(gallery.add(part, Pictures.jpeg(Color.CYAN), LUCIA)).code())
                .isEqualTo("images-too-many");
        assertThat(refused(gallery.add(new PartId(UUID.randomUUID()), Pictures.jpeg(Color.CYAN), LUCIA))
                        .code())
                .isEqualTo("part-unknown");
        assertThat(refused(gallery.add(part, "no".getBytes(StandardCharsets.UTF_8), LUCIA))
                        .code())
                .isEqualTo("image-kind-wrong");
        assertThat(refused(gallery.addFrom(part, "http://127.0.0.1/a.jpg", LUCIA))
                        .code())
                .isEqualTo("image-address-private");
    }

    @Test
    void what_a_crash_left_without_a_row_is_swept_and_the_rest_stays() throws IOException {
        PartImage kept =
                done(gallery.add(part, Pictures.jpeg(Color.MAGENTA), LUCIA)).getFirst();
        ImageFiles files = new ImageFiles(TestHub.scratch("hub").resolve("images"));
        String orphan = files.put(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
        for (String each : List.of(orphan, kept.hash(), kept.smallHash()))
            assertThat(file(each).toFile().setLastModified(System.currentTimeMillis() - 7_200_000))
                    .isTrue();

        TestHub.bean(PostgresGallery.class).sweep();

        assertThat(file(orphan)).doesNotExist();
        assertThat(file(kept.hash())).exists();
        assertThat(file(kept.smallHash())).exists();
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        Path zip = folder.resolve(UUID.randomUUID() + ".zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream to = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                to.putNextEntry(new ZipEntry(each.getKey()));
                to.write(each.getValue());
                to.closeEntry();
            }
        }
        return zip;
    }

    private PartGallery.Batch worked(Path zip) {
        UUID id = done(gallery.addMany(zip, "fotos.zip", LUCIA)).id();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> gallery.batch(id).orElseThrow().finishedAt() != null);
        return gallery.batch(id).orElseThrow();
    }

    private List<String> told(PartGallery.Batch batch) {
        List<String> told = new ArrayList<>();
        for (PartGallery.BatchFile file : gallery.files(batch.id(), 100)) {
            Refusal refusal = file.refusal();
            told.add(file.name() + " " + (refusal == null ? file.result().name() : refusal.code()));
        }
        return told;
    }

    @Test
    void a_zip_puts_each_picture_where_its_name_says_and_tells_of_the_others() throws IOException {
        PartId spark = part("BKR6E-11");
        part("X-12");
        part("X12");
        Map<String, byte[]> entries = new TreeMap<>();
        entries.put("fotos/" + line + " 7974-D1045-2.jpg", Pictures.jpeg(Color.GREEN));
        entries.put("fotos/" + line + "_7974 d1045.PNG", Pictures.file("png", 100, 50, Color.RED));
        entries.put("../../" + line + " BKR6E-11.jpg", Pictures.jpeg(Color.BLUE));
        entries.put(line + " BKR6E-11-2.jpg", "no picture".getBytes(StandardCharsets.UTF_8));
        entries.put(line + " X 12.jpg", Pictures.jpeg(Color.BLUE));
        entries.put(line + " NADA-1.jpg", Pictures.jpeg(Color.BLUE));
        entries.put("IMG_.jpg", Pictures.jpeg(Color.BLUE));
        entries.put("__MACOSX/._x.jpg", new byte[] {1});
        entries.put(line + " 7974-D1045-3.jpg", new byte[10_000_001]);

        PartGallery.Batch batch = worked(zip(entries));

        assertThat(batch.refusal()).isNull();
        assertThat(told(batch))
                .containsExactlyInAnyOrder(
                        "../../" + line + " BKR6E-11.jpg STORED",
                        "fotos/" + line + " 7974-D1045-2.jpg STORED",
                        "fotos/" + line + "_7974 d1045.PNG STORED",
                        line + " BKR6E-11-2.jpg image-kind-wrong",
                        line + " X 12.jpg image-part-ambiguous",
                        line + " NADA-1.jpg image-part-unknown",
                        "IMG_.jpg image-name-unclear",
                        line + " 7974-D1045-3.jpg image-too-large");
        assertThat(batch.files()).isEqualTo(8);
        assertThat(batch.stored()).isEqualTo(3);
        assertThat(images.of(spark)).hasSize(1);
        assertThat(images.of(part)).extracting(PartImage::width).as("in order").containsExactly(100, 320);
        try (var left = Files.list(TestHub.scratch("hub").resolve("images/batches"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void the_same_zip_again_changes_nothing_and_a_list_in_it_decides() throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        entries.put("a.jpg", Pictures.jpeg(Color.YELLOW));
        entries.put("b.jpg", Pictures.jpeg(Color.DARK_GRAY));
        entries.put("c.jpg", Pictures.jpeg(Color.BLACK));
        entries.put(
                "Manifest.csv",
                ("\uFEFFfile,line_code,part_number,position\nb.jpg," + line + ",7974-D1045,1\nA.JPG,"
                                + line.toLowerCase(java.util.Locale.ROOT) + ",7974D1045,\nz.jpg," + line
                                + ",7974-D1045,2\n")
                        .getBytes(StandardCharsets.UTF_8));

        PartGallery.Batch first = worked(zip(entries));
        List<PartImage> placed = images.of(part);
        PartGallery.Batch second = worked(zip(entries));

        assertThat(told(first))
                .containsExactlyInAnyOrder(
                        "a.jpg STORED", "b.jpg STORED", "c.jpg image-not-listed", "z.jpg image-not-in-zip");
        assertThat(placed).hasSize(2);
        assertThat(second.known()).isEqualTo(2);
        assertThat(images.of(part)).isEqualTo(placed);
        assertThat(gallery.batches(10)).extracting(PartGallery.Batch::id).contains(first.id(), second.id());
    }

    @Test
    void what_is_no_zip_of_pictures_is_refused_at_the_door() throws IOException {
        Path text = Files.writeString(folder.resolve("a.zip"), "x".repeat(100));
        assertThat(refused(gallery.addMany(text, "a.zip", LUCIA)).code()).isEqualTo("zip-broken");
        assertThat(refused(gallery.addMany(zip(Map.of("manifest.csv", new byte[0])), "a.zip", LUCIA))
                        .code())
                .isEqualTo("zip-empty");
        byte[] many = Files.readAllBytes(zip(Map.of("a.jpg", new byte[1])));
        many[many.length - 12] = (byte) 0xFF;
        many[many.length - 11] = (byte) 0xFF;
        Path lies = Files.write(folder.resolve("many.zip"), many);
        assertThat(refused(gallery.addMany(lies, "a.zip", LUCIA)).code()).isEqualTo("zip-too-many-files");
        assertThat(lies).as("is the sender's still").exists();
    }

    @Test
    void a_zip_that_grows_beyond_measure_is_given_up() throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        for (int i = 1; i <= 9; i++) entries.put(line + " 7974-D1045-" + i + ".jpg", new byte[9_000_000]);

        PartGallery.Batch batch = worked(zip(entries));

        assertThat(batch.refusal()).isEqualTo(Refusal.of("zip-too-much"));
        assertThat(batch.refused()).isLessThan(9);
    }
}
