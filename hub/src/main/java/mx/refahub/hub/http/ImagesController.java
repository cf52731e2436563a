package mx.refahub.hub.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartImages;
import mx.refahub.domain.wire.PartImageRow;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Pictures for the stores, one at a time as their people look at parts. */
@RestController
final class ImagesController {
    private static final MediaType WEBP = MediaType.parseMediaType("image/webp");

    private final PartImages images;
    private final Problems problems;

    ImagesController(PartImages images, Problems problems) {
        this.images = images;
        this.problems = problems;
    }

    @GetMapping("/api/hubs/parts/{id}/images")
    ResponseEntity<List<PartImageRow>> of(@PathVariable UUID id) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(images.of(new PartId(id)).stream()
                        .map(image -> new PartImageRow(image.hash(), image.smallHash(), image.width(), image.height()))
                        .toList());
    }

    @GetMapping("/api/hubs/images/{hash}")
    ResponseEntity<?> file(@PathVariable String hash, HttpServletRequest request) {
        Optional<byte[]> file = images.file(hash);
        if (file.isEmpty()) return problems.answer(request, Refusal.of("not-found"));
        return ResponseEntity.ok()
                .contentType(WEBP)
                .cacheControl(CacheControl.noStore())
                .body(file.get());
    }
}
