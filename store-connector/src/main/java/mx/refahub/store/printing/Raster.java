package mx.refahub.store.printing;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;

/** A picture in black dots, a row after the other, eight dots a byte, the first dot the highest bit. */
record Raster(int rowBytes, int rows, byte[] dots) {
    private static final long LARGEST_FILE = 2L * 1024 * 1024;
    private static final int LARGEST_SIDE = 4096;
    private static final int HIGHEST = 400;
    private static final int DARK = 140;

    /** The picture in the file, made as wide as the paper at most. */
    static Raster of(Path file, int widestDots) throws IOException {
        if (Files.size(file) > LARGEST_FILE) throw new IOException("picture is larger than 2 MB");
        BufferedImage read = ImageIO.read(file.toFile());
        if (read == null) throw new IOException("not a picture (PNG, JPEG, GIF, BMP)");
        if (read.getWidth() > LARGEST_SIDE || read.getHeight() > LARGEST_SIDE)
            throw new IOException("picture has a side of more than " + LARGEST_SIDE + " dots");
        double scale =
                Math.min(1, Math.min((double) widestDots / read.getWidth(), (double) HIGHEST / read.getHeight()));
        int width = Math.max(1, (int) (read.getWidth() * scale));
        int height = Math.max(1, (int) (read.getHeight() * scale));
        BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = grey.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.setColor(java.awt.Color.WHITE);
        pen.fillRect(0, 0, width, height);
        pen.drawImage(read, 0, 0, width, height, null);
        pen.dispose();
        int rowBytes = (width + 7) / 8;
        byte[] dots = new byte[rowBytes * height];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                if (brightness(grey.getRGB(x, y)) < DARK) dots[y * rowBytes + x / 8] |= (byte) (0x80 >> x % 8);
        return new Raster(rowBytes, height, dots);
    }

    /** Dots as an image that a page can show. */
    static String picture(byte[] bytes, int from, int rowBytes, int rows) {
        BufferedImage image = new BufferedImage(rowBytes * 8, rows, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < rows; y++)
            for (int x = 0; x < rowBytes * 8; x++) {
                boolean dark = (bytes[from + y * rowBytes + x / 8] & 0x80 >> x % 8) != 0;
                image.setRGB(x, y, dark ? 0xFF000000 : 0xFFFFFFFF);
            }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    private static int brightness(int rgb) {
        return ((rgb >> 16 & 0xFF) * 299 + (rgb >> 8 & 0xFF) * 587 + (rgb & 0xFF) * 114) / 1000;
    }
}
