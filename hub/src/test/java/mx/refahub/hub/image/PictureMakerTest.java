package mx.refahub.hub.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureMakerTest {
    private final PictureMaker maker = new PictureMaker();

    private PictureMaker.Picture made(byte[] file) {
        return maker.make(file).fold(picture -> picture, refusal -> {
            throw new AssertionError(refusal);
        });
    }

    private Refusal refused(byte[] file) {
        return ((Outcome.Refused<PictureMaker.Picture>) maker.make(file)).refusal();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif", "webp"})
    void a_picture_of_each_kind_becomes_webp_of_two_sizes(String format) {
        PictureMaker.Picture picture = made(Pictures.file(format, 1600, 800, Color.RED));

        assertThat(new String(picture.large(), 8, 4, StandardCharsets.US_ASCII)).isEqualTo("WEBP");
        assertThat(picture.width()).isEqualTo(1200);
        assertThat(picture.height()).isEqualTo(600);
        BufferedImage large = Pictures.read(picture.large());
        assertThat(large.getWidth()).isEqualTo(1200);
        BufferedImage small = Pictures.read(picture.small());
        assertThat(small.getWidth()).isEqualTo(300);
        assertThat(small.getHeight()).isEqualTo(150);
        Color above = new Color(small.getRGB(150, 20));
        assertThat(above.getRed()).isGreaterThan(200);
        assertThat(above.getGreen()).isLessThan(60);
        assertThat(new Color(small.getRGB(150, 130)).getGreen()).isGreaterThan(240);
    }

    @Test
    void a_small_picture_is_not_blown_up_and_the_same_one_comes_out_the_same() {
        byte[] file = Pictures.file("png", 200, 100, Color.BLUE);

        assertThat(made(file).width()).isEqualTo(200);
        assertThat(made(file).large()).isEqualTo(made(file).large());
    }

    @Test
    void a_picture_taken_upright_stands_upright_and_says_nothing_of_its_camera() {
        byte[] plain = Pictures.file("jpeg", 400, 200, Color.RED);
        byte[] turned = withOrientation(plain, 6);
        assertThat(PictureMaker.orientation(turned)).isEqualTo(6);

        PictureMaker.Picture picture = made(turned);

        assertThat(picture.width()).isEqualTo(200);
        assertThat(picture.height()).isEqualTo(400);
        BufferedImage large = Pictures.read(picture.large());
        assertThat(new Color(large.getRGB(180, 200)).getGreen())
                .as("what was above is at the right")
                .isLessThan(60);
        assertThat(new Color(large.getRGB(20, 200)).getGreen()).isGreaterThan(240);
        assertThat(new String(picture.large(), StandardCharsets.ISO_8859_1)).doesNotContain("Exif", "SecretCamera");
    }

    @Test
    void a_picture_of_more_pixels_than_allowed_is_refused_by_its_header() {
        assertThat(refused(pngHeader(20_000, 20_000)).code()).isEqualTo("image-too-many-pixels");
        assertThat(refused(new byte[10_000_001]).code()).isEqualTo("image-too-large");
    }

    @Test
    void what_is_no_picture_is_refused_whatever_it_claims() {
        assertThat(refused(new byte[0]).code()).isEqualTo("image-empty");
        assertThat(refused("<svg onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8))
                        .code())
                .isEqualTo("image-kind-wrong");
        byte[] half = Arrays.copyOf(Pictures.file("png", 400, 300, Color.RED), 120);
        assertThat(refused(half).code()).isEqualTo("image-broken");
        assertThat(refused(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0, 1, 2})
                        .code())
                .isEqualTo("image-broken");
        assertThat(refused("RIFF\u0000\u0000\u0000\u0000WEBPVP8 junk".getBytes(StandardCharsets.ISO_8859_1))
                        .code())
                .isEqualTo("image-broken");
    }

    /** An APP1 segment after the start of the image, with the maker's name and the orientation. */
    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(64);
        exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        exif.putShort((short) 2);
        exif.putShort((short) 0x010F).putShort((short) 2).putInt(13).putInt(38);
        exif.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        exif.putInt(0).put("SecretCamera\0".getBytes(StandardCharsets.US_ASCII));
        int length = exif.position();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.write(0xFF);
        out.write(0xE1);
        out.write((length + 2) >> 8);
        out.write((length + 2) & 0xFF);
        out.write(exif.array(), 0, length);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    private static byte[] pngHeader(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(17);
        header.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
        header.put(new byte[] {8, 2, 0, 0, 0});
        CRC32 sum = new CRC32();
        sum.update(header.array());
        ByteBuffer file = ByteBuffer.allocate(8 + 4 + 17 + 4);
        file.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A});
        file.putInt(13).put(header.array()).putInt((int) sum.getValue());
        return file.array();
    }
}
