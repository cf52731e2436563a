package mx.refahub.hub.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.util.Optional;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.search.PartIndex;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The published index, file by file. A {@code Range} goes on where a download broke off. */
@RestController
final class IndexController {
    private final PartIndex index;
    private final Problems problems;

    IndexController(PartIndex index, Problems problems) {
        this.index = index;
        this.problems = problems;
    }

    @GetMapping("/api/hubs/index")
    ResponseEntity<?> manifest() {
        return index.newest()
                .<ResponseEntity<?>>map(manifest ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(manifest))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    @GetMapping("/api/hubs/index/{version}/files/{name}")
    ResponseEntity<?> file(@PathVariable long version, @PathVariable String name, HttpServletRequest request) {
        Optional<Path> file = index.file(version, name);
        if (file.isEmpty()) return problems.answer(request, Refusal.of("not-found"));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .cacheControl(CacheControl.noStore())
                .body(new FileSystemResource(file.get()));
    }
}
