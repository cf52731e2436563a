package mx.refahub.pos.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** Where uploaded files wait for their job. Names on disk are ours; the sender's name is only ever shown. */
final class UploadFolder {
    /** Enough to tell text from anything else, and cheap to read of a file of any size. */
    private static final int LOOKED_AT = 64 * 1024;

    private final Path folder;
    private final IdSource ids;

    UploadFolder(Path folder, IdSource ids) throws IOException {
        this.folder = Files.createDirectories(folder.toAbsolutePath());
        this.ids = ids;
    }

    Path path() {
        return folder;
    }

    /** What is wrong with a file judged by its content, whatever its name says; empty if a job may read it. */
    static Optional<Refusal> check(MultipartFile file) throws IOException {
        String name = shown(file.getOriginalFilename());
        if (file.isEmpty()) return Optional.of(Refusal.of("file-empty", name));
        try (InputStream in = file.getInputStream()) {
            byte[] head = in.readNBytes(LOOKED_AT);
            // What a workbook holds is for the job to find out, which reads it without unpacking it whole.
            if (startsWith(head, 'P', 'K', 3, 4)) return Optional.empty();
            if (startsWith(head, 0xD0, 0xCF, 0x11, 0xE0)) return Optional.of(Refusal.of("file-is-workbook", name));
            if (!isText(head)) return Optional.of(Refusal.of("file-not-text", name));
        }
        return Optional.empty();
    }

    /** Moves the upload to a file of its own; on the same disk nothing is copied. */
    Path keep(MultipartFile file) throws IOException {
        UUID id = ids.next();
        Path target = folder.resolve(id + ".upload");
        file.transferTo(target);
        return target;
    }

    private static boolean startsWith(byte[] head, int... signature) {
        if (head.length < signature.length) return false;
        for (int i = 0; i < signature.length; i++) if ((head[i] & 0xFF) != signature[i]) return false;
        return true;
    }

    /** UTF-8 and Latin-1 text has no control bytes but the white ones; pictures, archives and PDFs do, early. */
    private static boolean isText(byte[] head) {
        for (byte b : head) {
            int c = b & 0xFF;
            if (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') return false;
            if (c == 0x7F) return false;
        }
        return !startsWith(head, '%', 'P', 'D', 'F');
    }

    /** The sender's file name without its folders and without what could disturb a line of text. */
    static String shown(@Nullable String original) {
        if (original == null) return "";
        String name = original.substring(Math.max(original.lastIndexOf('/'), original.lastIndexOf('\\')) + 1);
        int[] kept = name.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .limit(80)
                .toArray();
        return new String(kept, 0, kept.length).strip();
    }
}
