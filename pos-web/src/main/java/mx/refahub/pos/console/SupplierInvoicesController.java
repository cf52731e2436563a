package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.purchase.SupplierInvoice;
import mx.refahub.domain.purchase.SupplierInvoices;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Suppliers' invoices: taken in, compared with order and receipts, agreed to. */
@RestController
final class SupplierInvoicesController {
    private static final int MOST = 500;
    private static final int MOST_FILES = 200;

    private final SupplierInvoices invoices;
    private final Messages messages;

    SupplierInvoicesController(SupplierInvoices invoices, Messages messages) {
        this.invoices = invoices;
        this.messages = messages;
    }

    record Row(
            UUID id,
            UUID fiscalId,
            String issuerRfc,
            String issuerName,
            String folio,
            LocalDateTime issuedAt,
            Amount net,
            Amount total,
            @Nullable UUID supplier,
            String supplierName,
            @Nullable UUID order,
            String orderNumber,
            List<String> problems,
            Instant takenAt,
            @Nullable Instant settledAt,
            @Nullable String settledBy,
            @Nullable Instant expectedAt) {}

    private Row row(SupplierInvoices.Taken taken, Locale locale) {
        SupplierInvoice invoice = taken.invoice();
        return new Row(
                taken.id(),
                invoice.fiscalId(),
                invoice.issuerRfc(),
                invoice.issuerName(),
                (invoice.series() + " " + invoice.folio()).strip(),
                invoice.issuedAt(),
                Amount.of(invoice.net()),
                Amount.of(invoice.total()),
                taken.supplier(),
                taken.supplierName(),
                taken.order(),
                taken.orderNumber(),
                invoice.problems().stream()
                        .map(code -> messages.text(locale, "invoice.problem." + code, List.of()))
                        .toList(),
                taken.takenAt(),
                taken.settledAt(),
                taken.settledBy(),
                taken.expectedAt());
    }

    record All(List<Row> invoices) {}

    @GetMapping("/console/api/supplier-invoices")
    All all(Locale locale) {
        return new All(invoices.list(MOST).stream().map(one -> row(one, locale)).toList());
    }

    /** @param text why the file was not taken; null if it was */
    record File(
            String name,
            @Nullable Row invoice,
            boolean fresh,
            @Nullable String code,
            @Nullable String text) {}

    record Files(List<File> files) {}

    /** Each file by itself: what is wrong with one is told beside it, and the others go on. */
    @PostMapping(path = "/console/api/supplier-invoices", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Files take(@RequestParam("files") List<MultipartFile> files, @AuthenticationPrincipal Person who, Locale locale)
            throws IOException {
        if (files.size() > MOST_FILES) throw ActRefused.of("invoice-too-many", Integer.toString(MOST_FILES));
        List<File> answers = new ArrayList<>();
        for (MultipartFile file : files) {
            String name = UploadFolder.shown(file.getOriginalFilename());
            Outcome<SupplierInvoices.Intake> outcome = file.getSize() > SupplierInvoices.LARGEST
                    ? Outcome.refused("invoice-too-large")
                    : invoices.take(file.getBytes(), who);
            answers.add(
                    switch (outcome) {
                        case Outcome.Done<SupplierInvoices.Intake>(SupplierInvoices.Intake intake) ->
                            new File(name, row(intake.taken(), locale), intake.fresh(), null, null);
                        case Outcome.Refused<SupplierInvoices.Intake>(Refusal refusal) ->
                            new File(
                                    name,
                                    null,
                                    false,
                                    refusal.code(),
                                    messages.text(locale, "refusal." + refusal.code(), refusal.arguments()));
                    });
        }
        return new Files(answers);
    }

    record Line(
            @Nullable UUID part,
            String theirNumber,
            String text,
            @Nullable BigDecimal ordered,
            @Nullable BigDecimal received,
            @Nullable BigDecimal invoiced,
            @Nullable BigDecimal orderedCost,
            @Nullable BigDecimal invoicedCost,
            String verdict) {}

    record One(Row invoice, List<Line> lines) {}

    @GetMapping("/console/api/supplier-invoices/{id}")
    One one(@PathVariable UUID id, Locale locale) {
        return view(invoices.one(id).orElseThrow(() -> ActRefused.of("invoice-unknown")), locale);
    }

    private One view(SupplierInvoices.Taken taken, Locale locale) {
        return new One(
                row(taken, locale),
                invoices.compare(taken.id()).stream()
                        .map(line -> {
                            PartId part = line.part();
                            return new Line(
                                    part == null ? null : part.value(),
                                    line.theirNumber(),
                                    line.text(),
                                    line.ordered(),
                                    line.received(),
                                    line.invoiced(),
                                    line.orderedCost(),
                                    line.invoicedCost(),
                                    line.verdict().name());
                        })
                        .toList());
    }

    record Tied(@NotNull UUID order) {}

    @PostMapping("/console/api/supplier-invoices/{id}/order")
    One tie(@PathVariable UUID id, @RequestBody @Valid Tied tied, @AuthenticationPrincipal Person who, Locale locale) {
        return view(ActRefused.unlessDone(invoices.tie(id, tied.order(), who)), locale);
    }

    record Mapped(
            @NotNull @Size(max = 200) String theirNumber,
            @NotNull UUID part) {}

    @PostMapping("/console/api/supplier-invoices/{id}/parts")
    One map(
            @PathVariable UUID id,
            @RequestBody @Valid Mapped mapped,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return view(
                ActRefused.unlessDone(invoices.map(id, mapped.theirNumber(), new PartId(mapped.part()), who)), locale);
    }

    /** @param branch where the goods will come, of an invoice without an order */
    record Expecting(@Nullable UUID branch) {}

    /** Its goods are on their way: the branch's till shows them. */
    @PostMapping("/console/api/supplier-invoices/{id}/expect")
    One expect(
            @PathVariable UUID id,
            @RequestBody @Valid Expecting expecting,
            @AuthenticationPrincipal Person who,
            Locale locale) {
        return view(ActRefused.unlessDone(invoices.expect(id, expecting.branch(), who)), locale);
    }

    @PostMapping("/console/api/supplier-invoices/{id}/settle")
    One settle(@PathVariable UUID id, @AuthenticationPrincipal Person who, Locale locale) {
        return view(ActRefused.unlessDone(invoices.settle(id, who)), locale);
    }
}
