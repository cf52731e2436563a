package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.fiscal.CfdiUse;
import mx.refahub.domain.fiscal.FiscalData;
import mx.refahub.domain.fiscal.InvoiceDesk;
import mx.refahub.domain.fiscal.InvoiceRequest;
import mx.refahub.domain.fiscal.Rfc;
import mx.refahub.domain.fiscal.TaxRegime;
import mx.refahub.domain.sale.Returns;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Till;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** '¿Me factura?': wishes for invoices, with the sale or later. */
@RestController
@Tag(name = "invoices")
class InvoiceApi {
    private static final int SHOWN = 50;

    private final InvoiceDesk desk;
    private final Returns sales;
    private final Till till;

    InvoiceApi(InvoiceDesk desk, Returns sales, Till till) {
        this.desk = desk;
        this.sales = sales;
        this.till = till;
    }

    /**
     * @param company whether companies may choose it; people may choose any
     * @param regimes codes of the regimes with which it may be chosen
     */
    record UseView(String code, String text, boolean company, List<String> regimes) {}

    record RegimeView(String code, String text, boolean person, boolean company) {}

    record Tables(List<RegimeView> regimes, List<UseView> uses) {}

    /** @param checkDigitFits false: the RFC may be mistyped; it is taken all the same */
    record DataView(
            String rfc,
            boolean checkDigitFits,
            String name,
            String postalCode,
            String regime,
            String use,
            String email) {
        static DataView of(FiscalData data) {
            return new DataView(
                    data.rfc().value(),
                    data.rfc().checkDigitFits(),
                    data.name(),
                    data.postalCode(),
                    data.regime().code(),
                    data.use().name(),
                    data.email());
        }
    }

    /** @param deadline last day on which it is stamped */
    record RequestView(UUID sale, String folio, Amount total, LocalDate deadline, Instant requestedAt, DataView data) {
        static RequestView of(InvoiceRequest request, Sale sale) {
            return new RequestView(
                    sale.id(),
                    sale.folio().text(),
                    Amount.of(sale.totals().total()),
                    InvoiceRequest.deadline(sale.businessDay()),
                    request.requestedAt(),
                    DataView.of(request.data()));
        }
    }

    record Requests(List<RequestView> requests) {}

    record Code(@NotNull @Size(max = 2000) String code) {}

    /** @param request the newest wish for it, if there is one */
    record SaleFound(
            UUID sale,
            String folio,
            Instant soldAt,
            Amount total,
            LocalDate deadline,
            @Nullable RequestView request) {}

    record RfcTyped(@NotNull @Size(max = 40) String rfc) {}

    /** @param data what it gave the last time; null if it never asked here */
    record RfcLooked(
            String rfc,
            boolean company,
            boolean checkDigitFits,
            @Nullable DataView data) {}

    record Wish(
            @NotNull UUID act,
            @NotNull @Size(max = 40) String rfc,
            @NotNull @Size(max = 400) String name,
            @NotNull @Size(max = 20) String postalCode,
            @NotNull @Size(max = 3) String regime,
            @NotNull @Size(max = 4) String use,
            @Size(max = 300) @Nullable String email) {}

    @GetMapping("/pos/api/invoices/tables")
    @Operation(summary = "SAT's tax regimes and uses, with who may have which")
    Tables tables() {
        return new Tables(
                Arrays.stream(TaxRegime.values())
                        .map(one -> new RegimeView(one.code(), one.text(), one.isForPeople(), one.isForCompanies()))
                        .toList(),
                Arrays.stream(CfdiUse.values())
                        .map(one -> new UseView(
                                one.name(),
                                one.text(),
                                one.isForCompanies(),
                                one.regimes().stream().map(TaxRegime::code).toList()))
                        .toList());
    }

    @GetMapping("/pos/api/invoices")
    @Operation(summary = "The newest wishes of this branch")
    Requests latest() {
        return new Requests(desk.latest(SHOWN).stream()
                .map(asked -> RequestView.of(asked.request(), asked.sale()))
                .toList());
    }

    @PostMapping("/pos/api/invoices/sale")
    @Operation(summary = "The sale with this folio or code, and the wish there is for it")
    SaleFound sale(@RequestBody @Valid Code typed) {
        Sale sale = sales.find(typed.code())
                .orElseThrow(() -> ActRefused.of("sale-not-found", typed.code().strip()));
        Optional<InvoiceRequest> request = desk.of(sale.id());
        return new SaleFound(
                sale.id(),
                sale.folio().text(),
                sale.soldAt(),
                Amount.of(sale.totals().total()),
                InvoiceRequest.deadline(sale.businessDay()),
                request.map(one -> RequestView.of(one, sale)).orElse(null));
    }

    @PostMapping("/pos/api/invoices/rfc")
    @Operation(summary = "Whether this is an RFC, and what it gave the last time")
    RfcLooked rfc(@RequestBody @Valid RfcTyped typed) {
        Rfc rfc;
        try {
            rfc = new Rfc(typed.rfc());
        } catch (IllegalArgumentException e) {
            throw ActRefused.of("rfc-invalid");
        }
        return new RfcLooked(
                rfc.value(),
                rfc.isCompany(),
                rfc.checkDigitFits(),
                desk.known(rfc).map(DataView::of).orElse(null));
    }

    @PostMapping("/pos/api/sales/{id}/invoice")
    @Operation(summary = "Keep a wish for an invoice; the same act again changes nothing")
    RequestView request(@PathVariable UUID id, @RequestBody @Valid Wish wish, @AuthenticationPrincipal Person who) {
        InvoiceRequest request = ActRefused.unlessDone(desk.request(
                wish.act(),
                id,
                new FiscalData.Typed(
                        wish.rfc(),
                        wish.name(),
                        wish.postalCode(),
                        wish.regime(),
                        wish.use(),
                        wish.email() == null ? "" : wish.email()),
                who));
        Sale sale = till.sale(id).orElseThrow(() -> ActRefused.of("sale-unknown"));
        return RequestView.of(request, sale);
    }
}
