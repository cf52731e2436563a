package mx.refahub.pos.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import mx.refahub.domain.erp.ErpImports;
import mx.refahub.domain.erp.ErpImports.Subject;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.NewPart;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Parts, prices and stock that an ERP tells of: what differs, as a file, and as an import that waits for approval. */
@RestController
final class ErpImportsController {
    private final ErpImports imports;

    ErpImportsController(ErpImports imports) {
        this.imports = imports;
    }

    /** @param newPart what parts that are not here get */
    record Incoming(List<Row> rows, NewPart newPart) {}

    /** @param subject {@code catalogue} or {@code stock} */
    record Row(
            String subject,
            long fresh,
            long changed,
            long strange,
            @Nullable Instant heardAt) {}

    @GetMapping("/console/api/accounting/{target}/incoming")
    Incoming incoming(@PathVariable String target) {
        ErpTarget found = target(target);
        List<Row> rows = Arrays.stream(Subject.values())
                .map(each -> {
                    ErpImports.Standing standing = imports.standing(found, each);
                    return new Row(
                            wireName(each),
                            standing.fresh(),
                            standing.changed(),
                            standing.strange(),
                            standing.heardAt());
                })
                .toList();
        return new Incoming(rows, imports.newPart(found));
    }

    @GetMapping("/console/api/accounting/{target}/incoming/{subject}/file")
    void file(@PathVariable String target, @PathVariable String subject, HttpServletResponse response)
            throws IOException {
        ErpTarget found = target(target);
        Subject of = subject(subject);
        response.setContentType("text/csv;charset=utf-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(target + (of == Subject.CATALOGUE ? "-parts.csv" : "-stock.csv"))
                        .build()
                        .toString());
        imports.write(found, of, response.getOutputStream());
    }

    /** @param run of the import, which waits for approval */
    record Started(long run) {}

    @PostMapping("/console/api/accounting/{target}/incoming/{subject}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Started start(@PathVariable String target, @PathVariable String subject, @AuthenticationPrincipal Person person) {
        return new Started(ActRefused.unlessDone(imports.start(target(target), subject(subject), person)));
    }

    private static String wireName(Subject subject) {
        return subject.name().toLowerCase(Locale.ROOT);
    }

    private static Subject subject(String name) {
        return Arrays.stream(Subject.values())
                .filter(each -> wireName(each).equals(name))
                .findFirst()
                .orElseThrow(() -> ActRefused.of("not-found"));
    }

    private static ErpTarget target(String name) {
        return Arrays.stream(ErpTarget.values())
                .filter(each ->
                        each.isSpoken() && each.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> ActRefused.of("target-unknown"));
    }
}
