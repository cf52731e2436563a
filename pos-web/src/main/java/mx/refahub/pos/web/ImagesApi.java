package mx.refahub.pos.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.part.PartGallery;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartImage;
import mx.refahub.domain.part.PartImages;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Pictures of parts, the same on hub and store. */
@RestController
@Tag(name = "catalogue")
class ImagesApi {
    private static final MediaType WEBP = MediaType.parseMediaType("image/webp");
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();
    private static final CacheControl ASK_AGAIN = CacheControl.noCache().cachePrivate();

    private final PartImages images;

    ImagesApi(PartImages images) {
        this.images = images;
    }

    /**
     * @param small address of the one with at most 300 pixels; so is {@code large} with 1200
     * @param width of the large one, in pixels
     */
    record Picture(int n, String hash, int width, int height, String small, String large) {}

    record Pictures(List<Picture> images) {}

    @GetMapping("/api/v1/catalog/parts/{id}/images")
    @Operation(summary = "The pictures of a part in order; the first is the main one")
    Pictures of(@PathVariable UUID id) {
        List<Picture> all = new ArrayList<>();
        for (PartImage image : images.of(new PartId(id))) {
            int n = all.size() + 1;
            all.add(new Picture(
                    n,
                    image.hash(),
                    image.width(),
                    image.height(),
                    address(id, n, image, PartImage.Size.SMALL),
                    address(id, n, image, PartImage.Size.LARGE)));
        }
        return new Pictures(all);
    }

    private static String address(UUID part, int n, PartImage image, PartImage.Size size) {
        return "/api/v1/catalog/parts/" + part + "/images/" + n + "?size=" + size.pixels() + "&v=" + image.hash(size);
    }

    /** @param v the hash as the list tells it: then the answer never changes. Without it a browser asks whether it is still this one. */
    @GetMapping("/api/v1/catalog/parts/{id}/images/{n}")
    @Operation(summary = "A picture as WebP, by its place from 1")
    ResponseEntity<byte[]> picture(
            @PathVariable UUID id,
            @PathVariable @Min(1) @Max(PartGallery.MOST_PER_PART) int n,
            @RequestParam(defaultValue = "300") int size,
            @RequestParam(defaultValue = "") String v) {
        PartImage.Size wanted =
                PartImage.Size.of(size).orElseThrow(() -> ActRefused.of("image-size-unknown", Integer.toString(size)));
        List<PartImage> all = images.of(new PartId(id));
        if (n > all.size()) throw ActRefused.of("image-unknown");
        String hash = all.get(n - 1).hash(wanted);
        byte[] file = images.file(hash).orElseThrow(() -> ActRefused.of("image-unknown"));
        return ResponseEntity.ok()
                .contentType(WEBP)
                .eTag(hash)
                .cacheControl(hash.equals(v) ? FOR_EVER : ASK_AGAIN)
                .body(file);
    }
}
