package mx.refahub.pos.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.job.SupplierMappings;
import mx.refahub.domain.job.SupplierMappings.Column;
import mx.refahub.domain.job.SupplierMappings.Mapping;
import mx.refahub.domain.job.SupplierMappings.Suggestion;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** How suppliers call the columns of our files. */
@RestController
final class MappingsController {
    private static final Logger log = LoggerFactory.getLogger(MappingsController.class);
    private static final String ANY = "file";
    private final SupplierMappings mappings;
    private final UploadFolder uploads;

    MappingsController(SupplierMappings mappings, UploadFolder uploads) {
        this.mappings = mappings;
        this.uploads = uploads;
    }

    record MappingList(List<Mapping> mappings) {}

    record SentColumn(
            @Nullable String file,
            @Nullable String ours,
            @Nullable String theirs,
            @Nullable String fixed) {}

    record SentMapping(@Nullable String supplier, @Nullable List<SentColumn> columns) {}

    @GetMapping("/console/api/mappings")
    MappingList all() {
        return new MappingList(mappings.all());
    }

    @PostMapping("/console/api/mappings")
    Mapping save(@RequestBody SentMapping sent, @AuthenticationPrincipal Person person) {
        Mapping mapping = read(sent);
        log.info(
                "mapping saved supplier={} columns={} by={}",
                mapping.supplier(),
                mapping.columns().size(),
                person.id());
        return ActRefused.unlessDone(mappings.save(mapping));
    }

    private static Mapping read(SentMapping sent) {
        try {
            List<Column> columns = new ArrayList<>();
            if (sent.columns() != null)
                for (SentColumn column : sent.columns())
                    columns.add(new Column(
                            text(column.file()), text(column.ours()), filled(column.theirs()), filled(column.fixed())));
            return new Mapping(text(sent.supplier()), columns);
        } catch (IllegalArgumentException e) {
            throw ActRefused.of("mapping-invalid");
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String filled(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    @DeleteMapping("/console/api/mappings")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@RequestParam(defaultValue = "") String supplier, @AuthenticationPrincipal Person person) {
        log.info("mapping deleted supplier={} by={}", supplier, person.id());
        ActRefused.unlessDone(mappings.delete(supplier));
    }

    /** One file, under the name of its kind, or under {@code file} if that is to be found out. The beginning of a text file is enough. */
    @PostMapping(path = "/console/api/mappings/suggestion", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Suggestion suggest(MultipartHttpServletRequest form) throws IOException {
        Map.Entry<String, MultipartFile> sent = form.getFileMap().entrySet().stream()
                .findFirst()
                .orElseThrow(() -> ActRefused.of("mapping-file-unknown", ""));
        Optional<Refusal> wrong = UploadFolder.check(sent.getValue());
        if (wrong.isPresent()) throw new ActRefused(wrong.get());
        Path file = uploads.keep(sent.getValue());
        try {
            return ActRefused.unlessDone(
                    sent.getKey().equals(ANY) ? mappings.recognise(file) : mappings.suggest(sent.getKey(), file));
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
