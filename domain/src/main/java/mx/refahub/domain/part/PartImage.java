package mx.refahub.domain.part;

import java.util.Optional;

/**
 * A picture as it is kept: two WebP files, named by the SHA-256 (hex) of their content.
 *
 * @param hash of the file whose longer side has at most 1200 pixels; also the picture's name
 * @param smallHash of the one with at most 300
 * @param width of the larger file, in pixels; so is the height
 */
public record PartImage(String hash, String smallHash, int width, int height) {
    public PartImage {
        if (!isHash(hash) || !isHash(smallHash)) throw new IllegalArgumentException("not a SHA-256: " + hash);
        if (width < 1 || height < 1) throw new IllegalArgumentException("a picture of " + width + "×" + height);
    }

    public enum Size {
        SMALL(300),
        LARGE(1200);

        private final int pixels;

        Size(int pixels) {
            this.pixels = pixels;
        }

        /** Most pixels of the longer side. */
        public int pixels() {
            return pixels;
        }

        public static Optional<Size> of(int pixels) {
            for (Size size : values()) if (size.pixels == pixels) return Optional.of(size);
            return Optional.empty();
        }
    }

    public String hash(Size size) {
        return switch (size) {
            case SMALL -> smallHash;
            case LARGE -> hash;
        };
    }

    /** 64 lower-case hexadecimal digits: safe as the name of a file. */
    public static boolean isHash(String text) {
        if (text.length() != 64) return false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) return false;
        }
        return true;
    }
}
