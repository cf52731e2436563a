package mx.refahub.hub.market;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import mx.refahub.domain.market.MarketDesk;
import mx.refahub.domain.part.PartImages;
import mx.refahub.hub.market.Sellers.Opened;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Pictures for marketplaces that fetch them by address, as JPEG. Closed unless a connection names the address under which the hub is reached from outside. Each
 * address is signed with a key of the connection's own and serves one picture, and only while a part with it is published there; how many are given out is limited.
 */
final class PublicPictures {
    private static final String KEY_USE = "pictures ";
    private static final String MAC = "HmacSHA256";
    private static final int MOST_AT_ONCE = 2;
    private static final int MOST_A_MINUTE = 600;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final float QUALITY = 0.9f;

    private final Sellers sellers;
    private final PartImages images;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private Instant minute = Instant.EPOCH;
    private int given;

    PublicPictures(Sellers sellers, PartImages images, JdbcClient jdbc, Clock clock) {
        this.sellers = sellers;
        this.images = images;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Empty where the connection's pictures are closed. */
    Optional<URI> address(Opened opened, String hash) {
        UUID connection = opened.connection().id();
        return opened.market()
                .picturesAt()
                .map(base -> URI.create(base.toString().replaceAll("/+$", "") + "/api/market/pictures/" + connection
                        + "/" + hash + "/" + signature(connection, hash) + ".jpg"));
    }

    private String signature(UUID connection, String hash) {
        try {
            Mac mac = Mac.getInstance(MAC);
            String key = KEY_USE + sellers.row(connection).hook();
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), MAC));
            return HexFormat.of().formatHex(mac.doFinal(hash.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no " + MAC, e);
        }
    }

    MarketDesk.Picture picture(UUID connection, String hash, String signature) {
        if (!isOpen(connection) || !signed(connection, hash, signature) || !isPublished(connection, hash))
            return MarketDesk.Picture.NONE;
        if (!mayGive() || !places.tryAcquire()) return MarketDesk.Picture.BUSY;
        try {
            return images.file(hash)
                    .map(webp -> new MarketDesk.Picture(jpeg(webp), false))
                    .orElse(MarketDesk.Picture.NONE);
        } finally {
            places.release();
        }
    }

    private boolean isOpen(UUID connection) {
        return sellers.find(connection)
                .filter(each -> each.market().picturesAt().isPresent())
                .isPresent();
    }

    private boolean signed(UUID connection, String hash, String signature) {
        return MessageDigest.isEqual(
                signature(connection, hash).getBytes(StandardCharsets.UTF_8),
                signature.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isPublished(UUID connection, String hash) {
        return jdbc.sql("""
                select exists (
                    select
                    from part_image i
                    join market_listing m on m.part_id = i.part_id
                    where i.hash = :hash
                    and m.connection_id = :connection
                    and (m.claimed_until > :now or m.state = 'SENT' or m.outside_id is not null and m.outside_state <> 'CLOSED'))
                """)
                .param("hash", hash)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("connection", connection)
                .query(Boolean.class)
                .single();
    }

    private synchronized boolean mayGive() {
        Instant now = clock.instant();
        if (now.isAfter(minute.plus(MINUTE)) || now.isBefore(minute)) {
            minute = now;
            given = 0;
        }
        return ++given <= MOST_A_MINUTE;
    }

    /** On white: JPEG knows no transparency. */
    static byte[] jpeg(byte[] webp) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("webp").next();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream(webp.length * 2);
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(webp));
                MemoryCacheImageOutputStream to = new MemoryCacheImageOutputStream(out)) {
            reader.setInput(in, true, true);
            BufferedImage read = reader.read(0);
            BufferedImage plain = new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
            Graphics2D drawn = plain.createGraphics();
            drawn.drawImage(read, 0, 0, Color.WHITE, null);
            drawn.dispose();
            writer.setOutput(to);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(plain, null, null), how);
            to.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            reader.dispose();
            writer.dispose();
        }
        return out.toByteArray();
    }
}
