package mx.refahub.adapters.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import mx.refahub.domain.notice.Letter;

/** The XML files that a letter brings, by themselves or in ZIPs. What a ZIP unpacks to is counted while it is read, so a bomb goes off small. */
public final class InvoiceFiles {
    private static final int MOST = 200;

    /** @param tooMuch something was left out: too many, too large, or not readable as a ZIP */
    public record Found(List<byte[]> files, boolean tooMuch) {
        public Found {
            files = List.copyOf(files);
        }
    }

    private final int largest;

    /** @param largest bytes of one file */
    public InvoiceFiles(int largest) {
        this.largest = largest;
    }

    public Found in(List<Letter.Attachment> attachments) {
        List<byte[]> files = new ArrayList<>();
        boolean tooMuch = false;
        for (Letter.Attachment each : attachments) {
            if (isZip(each)) tooMuch |= !unpack(each.content(), files);
            else if (isXml(each)) tooMuch |= !add(each.content(), files);
        }
        return new Found(files, tooMuch);
    }

    private static boolean isZip(Letter.Attachment each) {
        byte[] bytes = each.content();
        return bytes.length > 3 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4;
    }

    /** By name or type, and by what it begins with: suppliers call their files anything. */
    private static boolean isXml(Letter.Attachment each) {
        if (each.name().toLowerCase(Locale.ROOT).endsWith(".xml") || each.type().endsWith("/xml")) return true;
        String head = new String(each.content(), 0, Math.min(each.content().length, 200), StandardCharsets.UTF_8);
        return head.contains("<?xml") || head.contains("<cfdi:");
    }

    private boolean add(byte[] content, List<byte[]> files) {
        if (content.length > largest || files.size() == MOST) return false;
        files.add(content);
        return true;
    }

    private boolean unpack(byte[] zip, List<byte[]> files) {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            int entries = 0;
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (++entries > MOST) return false;
                if (entry.isDirectory()
                        || !entry.getName().toLowerCase(Locale.ROOT).endsWith(".xml")) {
                    if (skipped(in) > largest) return false;
                    continue;
                }
                if (!add(in.readNBytes(largest + 1), files)) return false;
            }
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private long skipped(InputStream in) throws IOException {
        long count = 0;
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n > 0 && count <= largest; n = in.read(buffer)) count += n;
        return count;
    }
}
