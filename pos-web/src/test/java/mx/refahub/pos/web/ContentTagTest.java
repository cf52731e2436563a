package mx.refahub.pos.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;

class ContentTagTest {
    private final ContentTag tag = new ContentTag();

    @TempDir
    Path folder;

    @Test
    void builds_of_one_moment_are_told_apart_by_what_they_hold() throws IOException {
        String one = tag.apply(script("one", "a();", 1_000));
        String other = tag.apply(script("other", "b();", 1_000));
        String older = tag.apply(script("older", "a();", 500));

        assertThat(one).matches("\"[0-9a-f]{24}\"").isNotEqualTo(other).isEqualTo(older);
    }

    @Test
    void a_file_that_is_written_anew_is_read_anew() throws IOException {
        String before = tag.apply(script("one", "a();", 1_000));

        assertThat(tag.apply(script("one", "b();", 3_000))).isNotEqualTo(before);
    }

    private FileSystemResource script(String build, String content, long modified) throws IOException {
        Path file = Files.createDirectories(folder.resolve(build)).resolve("main.js");
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
        return new FileSystemResource(file);
    }
}
