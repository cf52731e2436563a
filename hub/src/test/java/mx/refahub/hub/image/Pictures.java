package mx.refahub.hub.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures to send: the upper half of one colour, the lower half white. */
final class Pictures {
    private Pictures() {}

    static BufferedImage drawn(int width, int height, Color upper) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(upper);
        graphics.fillRect(0, 0, width, height / 2);
        graphics.dispose();
        return image;
    }

    static byte[] file(String format, int width, int height, Color upper) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (!ImageIO.write(drawn(width, height, upper), format, out)) throw new IOException("no writer " + format);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] jpeg(Color upper) {
        return file("jpeg", 320, 200, upper);
    }

    static BufferedImage read(byte[] file) {
        try {
            return ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
