package mx.refahub.pos.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.part.PartGallery;
import mx.refahub.domain.part.PartGallery.Batch;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartImage;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Takes pictures of parts in. They are shown by the catalogue's own calls. */
@RestController
final class PartImagesController {
    private static final int BATCHES = 20;
    private static final int FILES = 1_000;

    private final PartGallery gallery;
    private final UploadFolder uploads;
    private final Messages messages;

    PartImagesController(PartGallery gallery, UploadFolder uploads, Messages messages) {
        this.gallery = gallery;
        this.uploads = uploads;
        this.messages = messages;
    }

    /** The pictures in order. */
    record Order(List<String> order) {
        static Order of(Outcome<List<PartImage>> outcome) {
            return new Order(
                    ActRefused.unlessDone(outcome).stream().map(PartImage::hash).toList());
        }
    }

    @PostMapping(path = "/console/api/parts/{id}/images", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Order add(@PathVariable UUID id, @RequestParam MultipartFile image, @AuthenticationPrincipal Person person)
            throws IOException {
        // Before it is read into memory.
        if (image.getSize() > PartGallery.MOST_BYTES)
            throw ActRefused.of("image-too-large", Integer.toString(PartGallery.MOST_BYTES / 1_000_000));
        return Order.of(gallery.add(new PartId(id), image.getBytes(), person));
    }

    record Address(@Nullable String address) {}

    @PostMapping("/console/api/parts/{id}/images/address")
    @ResponseStatus(HttpStatus.CREATED)
    Order addFrom(@PathVariable UUID id, @RequestBody Address from, @AuthenticationPrincipal Person person) {
        return Order.of(gallery.addFrom(new PartId(id), from.address() == null ? "" : from.address(), person));
    }

    record Wanted(@Nullable List<String> order) {}

    @PutMapping("/console/api/parts/{id}/images")
    Order arrange(@PathVariable UUID id, @RequestBody Wanted wanted, @AuthenticationPrincipal Person person) {
        return Order.of(gallery.arrange(new PartId(id), wanted.order() == null ? List.of() : wanted.order(), person));
    }

    @DeleteMapping("/console/api/parts/{id}/images/{hash}")
    Order remove(@PathVariable UUID id, @PathVariable String hash, @AuthenticationPrincipal Person person) {
        return Order.of(gallery.remove(new PartId(id), hash, person));
    }

    /** @param files null until the ZIP was looked into */
    record BatchView(
            UUID id,
            String fileName,
            Instant receivedAt,
            String receivedBy,
            @Nullable Integer files,
            int stored,
            int known,
            int refused,
            @Nullable Instant finishedAt,
            @Nullable String trouble) {}

    record FileView(
            String name,
            @Nullable UUID part,
            String result,
            @Nullable String reason) {}

    record Batches(List<BatchView> batches) {}

    record BatchDetail(BatchView batch, List<FileView> files) {}

    @PostMapping(path = "/console/api/image-batches", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    BatchView addMany(@RequestParam MultipartFile zip, @AuthenticationPrincipal Person person, Locale locale)
            throws IOException {
        String name = UploadFolder.shown(zip.getOriginalFilename());
        if (zip.isEmpty()) throw ActRefused.of("file-empty", name);
        Path file = uploads.keep(zip);
        try {
            return view(ActRefused.unlessDone(gallery.addMany(file, name, person)), locale);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @GetMapping("/console/api/image-batches")
    Batches batches(Locale locale) {
        return new Batches(gallery.batches(BATCHES).stream()
                .map(batch -> view(batch, locale))
                .toList());
    }

    @GetMapping("/console/api/image-batches/{id}")
    BatchDetail batch(@PathVariable UUID id, Locale locale) {
        Batch batch = gallery.batch(id).orElseThrow(() -> ActRefused.of("batch-unknown"));
        return new BatchDetail(
                view(batch, locale),
                gallery.files(id, FILES).stream()
                        .map(file -> new FileView(
                                file.name(),
                                file.part() == null ? null : file.part().value(),
                                file.result().name(),
                                sentence(file.refusal(), locale)))
                        .toList());
    }

    private BatchView view(Batch batch, Locale locale) {
        return new BatchView(
                batch.id(),
                batch.fileName(),
                batch.receivedAt(),
                batch.receivedBy(),
                batch.files(),
                batch.stored(),
                batch.known(),
                batch.refused(),
                batch.finishedAt(),
                sentence(batch.refusal(), locale));
    }

    private @Nullable String sentence(@Nullable Refusal refusal, Locale locale) {
        return refusal == null ? null : messages.text(locale, "refusal." + refusal.code(), refusal.arguments());
    }
}
