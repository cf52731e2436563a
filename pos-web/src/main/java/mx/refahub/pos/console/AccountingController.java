package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.erp.AccountMap;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What goes to the accountant's systems: what waits, what it lacks, what went when. */
@RestController
final class AccountingController {
    private static final String JOB = "erp-exchange";
    private static final int MOST = 50;

    private final AccountMap accounts;
    private final ErpDoors doors;
    private final Jobs jobs;
    private final Clock clock;

    AccountingController(AccountMap accounts, ErpDoors doors, Jobs jobs, Clock clock) {
        this.accounts = accounts;
        this.doors = doors;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** @param due of the target that was asked for: each takes a look over all sales */
    record Accounting(List<Target> targets, Due due, List<Export> exports, LocalDate until) {}

    /** @param spoken it gets no files but is spoken to @param documents tickets can go to it one by one @param connected somebody has connected it and switched it on @param resting why it is left alone; may be empty */
    record Target(
            String target, boolean verified, boolean spoken, boolean documents, boolean connected, String resting) {}

    /** @param first the oldest day that waits */
    record Due(
            String target,
            boolean verified,
            long tickets,
            Amount total,
            @Nullable LocalDate first,
            List<Missing> missing) {}

    record Missing(String role, String kind, String store, boolean group) {}

    /** A run with what it took. @param entries that have something to book @param documents tickets, payments on account and purchases that go as documents of their own @param files to download; none after some days, until they are written again */
    record Export(
            RunRow run,
            @Nullable String target,
            @Nullable LocalDate until,
            long entries,
            long corrections,
            long documents,
            long tickets,
            @Nullable Amount total,
            List<File> files) {}

    record File(String name, long bytes) {}

    @GetMapping("/console/api/accounting")
    Accounting accounting(
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable LocalDate until) {
        LocalDate day = until == null
                ? LocalDate.ofInstant(clock.instant(), doors.zone()).minusDays(1)
                : until;
        return new Accounting(
                doors.targets().stream()
                        .map(each -> new Target(
                                wireName(each),
                                each.isVerified(),
                                each.isSpoken(),
                                each.takesDocuments(),
                                doors.gateway(each).map(ErpGateway::isConnected).orElse(!each.isSpoken()),
                                doors.gateway(each).flatMap(ErpGateway::resting).orElse("")))
                        .toList(),
                due(target == null ? doors.targets().getFirst() : target(target), day),
                jobs.runs(JOB, MOST).stream().map(this::export).toList(),
                day);
    }

    private Due due(ErpTarget target, LocalDate until) {
        ExportBooks.Due due = doors.books().due(target, until);
        return new Due(
                wireName(target),
                target.isVerified(),
                due.tickets(),
                Amount.of(due.total()),
                due.first(),
                due.missing().stream()
                        .map(each -> new Missing(each.role().name(), each.kind(), each.store(), each.group()))
                        .toList());
    }

    private Export export(Jobs.Run run) {
        Optional<ExportBooks.Export> taken = doors.books().ofRun(run.id());
        return new Export(
                RunRow.of(run),
                taken.map(each -> wireName(each.target())).orElse(null),
                taken.map(ExportBooks.Export::until).orElse(null),
                taken.map(ExportBooks.Export::booked).orElse(0L),
                taken.map(ExportBooks.Export::corrections).orElse(0L),
                taken.map(ExportBooks.Export::documents).orElse(0L),
                taken.map(ExportBooks.Export::tickets).orElse(0L),
                taken.map(each -> Amount.of(each.total())).orElse(null),
                jobs.files(run.id()).stream()
                        .map(file -> new File(file.name(), file.bytes()))
                        .toList());
    }

    private static String wireName(ErpTarget target) {
        return target.name().toLowerCase(Locale.ROOT);
    }

    private static ErpTarget target(String name) {
        return Arrays.stream(ErpTarget.values())
                .filter(each -> wireName(each).equals(name))
                .findFirst()
                .orElseThrow(() -> ActRefused.of("target-unknown"));
    }

    record Accounts(
            @NotNull @Size(max = 20_000) List<@Valid Row> rows,
            @NotNull @Size(max = 5_000) List<@Valid Branch> branches) {}

    /** @param used tickets can have it, so that an account is needed */
    record Row(
            @Nullable String role,
            @Nullable String kind,
            @Nullable UUID store,
            @Nullable String account,
            @Nullable String name,
            @Nullable String satGroup,
            boolean used) {}

    record Branch(
            @Nullable UUID store,
            @Nullable String code,
            @Nullable String name,
            @Nullable String costCenter) {}

    @GetMapping("/console/api/accounting/{target}/accounts")
    Accounts accounts(@PathVariable String target) {
        return shown(accounts.of(target(target)));
    }

    private static Accounts shown(AccountMap.Mapping mapping) {
        List<Row> rows = new ArrayList<>();
        for (AccountMap.Needed needed : mapping.needed()) {
            boolean general = false;
            for (AccountMap.Row row : mapping.rows()) {
                if (row.role() != needed.role() || !row.kind().equals(needed.kind())) continue;
                general |= row.store() == null;
                rows.add(shown(row, true));
            }
            if (!general) rows.add(new Row(needed.role().name(), needed.kind(), null, "", "", "", true));
        }
        for (AccountMap.Row row : mapping.rows())
            if (!mapping.needed().contains(new AccountMap.Needed(row.role(), row.kind()))) rows.add(shown(row, false));
        return new Accounts(
                rows,
                mapping.branches().stream()
                        .map(each -> new Branch(each.store().value(), each.code(), each.name(), each.costCenter()))
                        .toList());
    }

    private static Row shown(AccountMap.Row row, boolean used) {
        StoreId store = row.store();
        return new Row(
                row.role().name(),
                row.kind(),
                store == null ? null : store.value(),
                row.account(),
                row.name(),
                row.satGroup(),
                used);
    }

    @PutMapping("/console/api/accounting/{target}/accounts")
    Accounts put(
            @PathVariable String target, @RequestBody @Valid Accounts sent, @AuthenticationPrincipal Person person) {
        List<AccountMap.Row> rows = new ArrayList<>();
        for (Row row : sent.rows())
            rows.add(new AccountMap.Row(
                    role(row.role()),
                    orEmpty(row.kind()),
                    store(row.store()),
                    orEmpty(row.account()),
                    orEmpty(row.name()),
                    orEmpty(row.satGroup())));
        List<AccountMap.Branch> branches = new ArrayList<>();
        for (Branch branch : sent.branches()) {
            StoreId store = store(branch.store());
            if (store == null) throw ActRefused.of("branch-unknown");
            branches.add(new AccountMap.Branch(store, "", "", orEmpty(branch.costCenter())));
        }
        return shown(ActRefused.unlessDone(accounts.put(target(target), rows, branches, person)));
    }

    private static AccountRole role(@Nullable String name) {
        return Arrays.stream(AccountRole.values())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ActRefused.of("account-role-unknown"));
    }

    private static @Nullable StoreId store(@Nullable UUID id) {
        return id == null ? null : new StoreId(id);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    record Start(@Nullable String target, @Nullable LocalDate until) {}

    @PostMapping("/console/api/accounting/exports")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RunRow start(@RequestBody Start start, @AuthenticationPrincipal Person person) {
        String target = wireName(target(orEmpty(start.target())));
        LocalDate until = start.until();
        return run(
                until == null ? Map.of("target", target) : Map.of("target", target, "until", until.toString()), person);
    }

    /** Writes the files of an export anew; takes no ticket. */
    @PostMapping("/console/api/accounting/exports/{run}/again")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RunRow again(@PathVariable long run, @AuthenticationPrincipal Person person) {
        ExportBooks.Export export =
                doors.books().ofRun(run).orElseThrow(() -> ActRefused.of("run-unknown", Long.toString(run)));
        return run(Map.of("target", wireName(export.target()), "again", Long.toString(run)), person);
    }

    private RunRow run(Map<String, String> parameters, Person person) {
        return RunRow.of(ActRefused.unlessDone(jobs.start(JOB, parameters, Map.of(), person.name())));
    }

    @GetMapping("/console/api/accounting/exports/{run}/files/{name}")
    ResponseEntity<FileSystemResource> file(@PathVariable long run, @PathVariable String name) throws IOException {
        boolean ours = jobs.run(run).filter(each -> each.job().equals(JOB)).isPresent();
        Path file = (ours ? jobs.file(run, name) : Optional.<Path>empty())
                .filter(Files::isRegularFile)
                .orElseThrow(() -> ActRefused.of("not-found"));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .contentLength(Files.size(file))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(new FileSystemResource(file));
    }
}
