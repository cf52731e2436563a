package mx.refahub.hub.image;

import com.luciad.imageio.webp.WebPReadParam;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartGallery;
import mx.refahub.domain.part.PartImage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes what a stranger sent and encodes it anew as WebP in two sizes. The kind is told by the first bytes, the size by the header, before a
 * pixel is decoded; large pictures are thinned out while they are decoded. Orientation is applied, everything else that is not a pixel is gone.
 *
 * <p>One picture at a time: a progressive JPEG of the largest size takes some hundred megabytes while it is decoded.
 */
final class PictureMaker {
    private static final Logger LOG = LoggerFactory.getLogger(PictureMaker.class);
    private static final float QUALITY = 0.82f;
    /** How much finer than the result a picture is decoded at least, so that scaling down stays smooth. */
    private static final int SURPLUS = 2;

    private static final long MOST_PIXELS = PartGallery.MOST_PIXELS;

    private final Semaphore place = new Semaphore(1, true);

    /** @param width of the larger one, in pixels */
    record Picture(byte[] large, byte[] small, int width, int height) {}

    private enum Kind {
        JPEG("jpeg"),
        PNG("png"),
        GIF("gif"),
        WEBP("webp");

        private final String format;

        Kind(String format) {
            this.format = format;
        }

        static @Nullable Kind of(byte[] file) {
            if (starts(file, 0, 0xFF, 0xD8, 0xFF)) return JPEG;
            if (starts(file, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) return PNG;
            if (starts(file, 0, 'G', 'I', 'F', '8')) return GIF;
            if (starts(file, 0, 'R', 'I', 'F', 'F') && starts(file, 8, 'W', 'E', 'B', 'P')) return WEBP;
            return null;
        }
    }

    private static boolean starts(byte[] file, int at, int... bytes) {
        if (file.length < at + bytes.length) return false;
        for (int i = 0; i < bytes.length; i++) if ((file[at + i] & 0xFF) != bytes[i]) return false;
        return true;
    }

    Outcome<Picture> make(byte[] file) {
        if (file.length == 0) return Outcome.refused("image-empty");
        if (file.length > PartGallery.MOST_BYTES)
            return Outcome.refused("image-too-large", Integer.toString(PartGallery.MOST_BYTES / 1_000_000));
        Kind kind = Kind.of(file);
        if (kind == null) return Outcome.refused("image-kind-wrong");
        try {
            place.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting to decode a picture", e);
        }
        try {
            return made(kind, file);
        } catch (IOException | RuntimeException | LinkageError e) {
            // Decoders throw whatever they please over damaged input.
            if (e instanceof LinkageError) throw new IllegalStateException("the WebP library does not work here", e);
            LOG.debug("picture refused kind={} bytes={}", kind, file.length, e);
            return Outcome.refused("image-broken");
        } finally {
            place.release();
        }
    }

    private static Outcome<Picture> made(Kind kind, byte[] file) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(kind.format).next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width < 1 || height < 1) return Outcome.refused("image-broken");
            if ((long) width * height > MOST_PIXELS)
                return Outcome.refused("image-too-many-pixels", Long.toString(MOST_PIXELS / 1_000_000));
            BufferedImage decoded = reader.read(0, thinned(reader, width, height));
            BufferedImage upright = upright(decoded, kind == Kind.JPEG ? orientation(file) : 1);
            BufferedImage large = scaled(upright, PartImage.Size.LARGE.pixels());
            BufferedImage small = scaled(large, PartImage.Size.SMALL.pixels());
            return Outcome.done(new Picture(webp(large), webp(small), large.getWidth(), large.getHeight()));
        } finally {
            reader.dispose();
        }
    }

    private static ImageReadParam thinned(ImageReader reader, int width, int height) {
        ImageReadParam how = reader.getDefaultReadParam();
        int factor = Math.max(width, height) / (PartImage.Size.LARGE.pixels() * SURPLUS);
        if (factor < 2) return how;
        if (how instanceof WebPReadParam webp) {
            webp.setUseScaling(true);
            webp.setScaledWidth(Math.max(1, width / factor));
            webp.setScaledHeight(Math.max(1, height / factor));
        } else {
            how.setSourceSubsampling(factor, factor, 0, 0);
        }
        return how;
    }

    /** On white, as a page of a catalogue, turned as the camera was held (Exif 2.32, tag 0x0112). */
    private static BufferedImage upright(BufferedImage source, int orientation) {
        int width = source.getWidth();
        int height = source.getHeight();
        boolean lying = orientation >= 5;
        BufferedImage out =
                new BufferedImage(lying ? height : width, lying ? width : height, BufferedImage.TYPE_INT_RGB);
        AffineTransform turn = switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
        Graphics2D graphics = out.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, out.getWidth(), out.getHeight());
        graphics.drawImage(source, turn, null);
        graphics.dispose();
        return out;
    }

    /** Halves first: each step averages the four pixels it takes together. Never enlarges. */
    private static BufferedImage scaled(BufferedImage source, int longest) {
        double ratio = (double) longest / Math.max(source.getWidth(), source.getHeight());
        if (ratio >= 1) return source;
        int width = Math.max(1, (int) Math.round(source.getWidth() * ratio));
        int height = Math.max(1, (int) Math.round(source.getHeight() * ratio));
        BufferedImage at = source;
        while (at.getWidth() >= width * 2 && at.getHeight() >= height * 2)
            at = drawn(at, at.getWidth() / 2, at.getHeight() / 2);
        return at.getWidth() == width && at.getHeight() == height ? at : drawn(at, width, height);
    }

    private static BufferedImage drawn(BufferedImage source, int width, int height) {
        BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = out.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
        graphics.drawImage(source, 0, 0, width, height, null);
        graphics.dispose();
        return out;
    }

    private static byte[] webp(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByMIMEType("image/webp").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream to = new MemoryCacheImageOutputStream(out)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionType("Lossy");
            how.setCompressionQuality(QUALITY);
            writer.setOutput(to);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** The Exif orientation of a JPEG, 1 to 8; 1 where none can be read. */
    static int orientation(byte[] jpeg) {
        int at = 2;
        while (at + 4 <= jpeg.length && (jpeg[at] & 0xFF) == 0xFF) {
            int marker = jpeg[at + 1] & 0xFF;
            int length = big(jpeg, at + 2, 2);
            if (marker == 0xDA || length < 2) return 1;
            boolean exif = marker == 0xE1
                    && at + 10 <= jpeg.length
                    && new String(jpeg, at + 4, 4, StandardCharsets.ISO_8859_1)
                            .toUpperCase(Locale.ROOT)
                            .equals("EXIF");
            if (exif) return orientation(jpeg, at + 10, Math.min(jpeg.length, at + 2 + length));
            at += 2 + length;
        }
        return 1;
    }

    /** In the TIFF structure that begins here. */
    private static int orientation(byte[] jpeg, int tiff, int end) {
        if (tiff + 8 > end) return 1;
        boolean little = jpeg[tiff] == 'I';
        long directory = number(jpeg, tiff + 4, 4, little);
        if (directory < 8 || tiff + directory + 2 > end) return 1;
        int at = tiff + (int) directory;
        int entries = (int) number(jpeg, at, 2, little);
        for (int i = 0; i < entries; i++) {
            int entry = at + 2 + i * 12;
            if (entry + 12 > end) return 1;
            if (number(jpeg, entry, 2, little) == 0x0112) {
                int value = (int) number(jpeg, entry + 8, 2, little);
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }

    private static long number(byte[] of, int at, int length, boolean little) {
        if (!little) return big(of, at, length) & 0xFFFF_FFFFL;
        long number = 0;
        for (int i = length - 1; i >= 0; i--) number = number << 8 | of[at + i] & 0xFF;
        return number;
    }

    private static int big(byte[] of, int at, int length) {
        int number = 0;
        for (int i = 0; i < length; i++) number = number << 8 | of[at + i] & 0xFF;
        return number;
    }
}
