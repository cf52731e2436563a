package mx.refahub.pos.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mx.refahub.domain.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every 'no' as a problem detail (RFC 9457): {@code code} for programs, {@code detail} a sentence that says what happened and what to do,
 * in the caller's language.
 */
public final class Problems implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final Map<String, HttpStatus> STATUS = Map.ofEntries(
            Map.entry("station-name", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("station-code-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("station-code-void", HttpStatus.TOO_MANY_REQUESTS),
            Map.entry("station-unknown", HttpStatus.NOT_FOUND),
            Map.entry("sign-in-failed", HttpStatus.UNAUTHORIZED),
            Map.entry("sign-in-locked", HttpStatus.TOO_MANY_REQUESTS),
            Map.entry("not-manager", HttpStatus.FORBIDDEN),
            Map.entry("difference-unknown", HttpStatus.NOT_FOUND),
            Map.entry("folder-of-another-store", HttpStatus.CONFLICT),
            Map.entry("difference-settled", HttpStatus.CONFLICT),
            Map.entry("reason-needed", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("claim-unknown", HttpStatus.NOT_FOUND),
            Map.entry("message-unknown", HttpStatus.NOT_FOUND),
            Map.entry("message-not-parked", HttpStatus.CONFLICT),
            Map.entry("message-proposal-open", HttpStatus.CONFLICT),
            Map.entry("message-body-unreadable", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("message-unchanged", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("message-count-changed", HttpStatus.CONFLICT),
            Map.entry("message-too-many", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("amendment-unknown", HttpStatus.NOT_FOUND),
            Map.entry("amendment-decided", HttpStatus.CONFLICT),
            Map.entry("second-person-needed", HttpStatus.FORBIDDEN),
            Map.entry("search-too-broad", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("route-unknown", HttpStatus.NOT_FOUND),
            Map.entry("route-not-moved", HttpStatus.BAD_GATEWAY),
            Map.entry("letter-unknown", HttpStatus.NOT_FOUND),
            Map.entry("shelf-labels-none", HttpStatus.CONFLICT),
            Map.entry("cores-given-unknown", HttpStatus.NOT_FOUND),
            Map.entry("supplier-part-unknown", HttpStatus.NOT_FOUND),
            Map.entry("cores-amount-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("cores-supplier-missing", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("cores-credit-more", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("mail-unknown", HttpStatus.NOT_FOUND),
            Map.entry("letter-homeless", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("broker-away", HttpStatus.BAD_GATEWAY),
            Map.entry("clock-reason-missing", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("cut-off-reason-missing", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("code-wrong", HttpStatus.UNAUTHORIZED),
            Map.entry("second-factor-needed", HttpStatus.UNAUTHORIZED),
            Map.entry("second-factor-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("code-expired", HttpStatus.UNAUTHORIZED),
            Map.entry("not-signed-in", HttpStatus.UNAUTHORIZED),
            Map.entry("token-invalid", HttpStatus.UNAUTHORIZED),
            Map.entry("not-allowed", HttpStatus.FORBIDDEN),
            Map.entry("csrf-stale", HttpStatus.FORBIDDEN),
            Map.entry("not-found", HttpStatus.NOT_FOUND),
            Map.entry("method-wrong", HttpStatus.METHOD_NOT_ALLOWED),
            Map.entry("setup-needed", HttpStatus.SERVICE_UNAVAILABLE),
            Map.entry("no-room", HttpStatus.SERVICE_UNAVAILABLE),
            Map.entry("try-again", HttpStatus.SERVICE_UNAVAILABLE),
            Map.entry("hub-unreachable", HttpStatus.BAD_GATEWAY),
            Map.entry("hub-refused", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("pin-weak", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("password-weak", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("email-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("hub-address-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("payment-missing", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("payment-not-positive", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("payment-short", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("payment-over", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("cfdi-uuid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("credit-note-unknown", HttpStatus.NOT_FOUND),
            Map.entry("kit-whole", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("kit-percent-only", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("quantity-not-positive", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("quantity-too-large", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("quantity-whole", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("refund-short", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("refund-over", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("refund-in-pesos", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("rate-unknown", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("rate-too-old", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("rate-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("rate-day-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("rate-far", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("rate-strange", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("rate-published-strange", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("rate-source-away", HttpStatus.BAD_GATEWAY),
            Map.entry("rounding-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("card-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("card-charge-over", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("card-declined", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("credit-mistyped", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("credit-unknown", HttpStatus.NOT_FOUND),
            Map.entry("credit-false", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("credit-short", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("note-too-long", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("reason-missing", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("reason-too-long", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("discount-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("discount-needs-approval", HttpStatus.FORBIDDEN),
            Map.entry("discount-above-approver", HttpStatus.FORBIDDEN),
            Map.entry("return-needs-approval", HttpStatus.FORBIDDEN),
            Map.entry("sale-not-found", HttpStatus.NOT_FOUND),
            Map.entry("user-name-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("name-missing", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("role-unknown", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("role-needs-store", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("role-without-store", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("role-other-kind", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("limit-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("rfc-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("rfc-general-public", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("fiscal-name-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("postal-code-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("regime-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("use-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("role-without-console", HttpStatus.FORBIDDEN),
            Map.entry("command-unknown", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("state-unknown", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("limit-out-of-range", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("job-parameter-missing", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("job-parameter-unknown", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("relation-part-unknown", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("kit-in-a-circle", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("job-parameter-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("cron-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("cron-never", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("zone-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("job-rule-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("day-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("day-off-name", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("day-not-official", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("week-without-work", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("job-after-cycle", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("schedule-needs-file", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("file-empty", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("file-is-workbook", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("file-not-text", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("cash-reference-missing", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("cash-note-missing", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("cash-reason-missing", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("cash-count-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("cash-over-limit", HttpStatus.FORBIDDEN),
            Map.entry("cash-approver-wrong", HttpStatus.FORBIDDEN),
            Map.entry("device-field-range", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("device-field-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("simulation-unknown", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("drawer-why-missing", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("label-copies", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("mapping-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("mapping-file-unreadable", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("request-invalid", HttpStatus.BAD_REQUEST),
            Map.entry("body-unreadable", HttpStatus.BAD_REQUEST),
            Map.entry("upload-too-large", HttpStatus.CONTENT_TOO_LARGE),
            Map.entry("media-type-wrong", HttpStatus.UNSUPPORTED_MEDIA_TYPE),
            Map.entry("answer-type-wrong", HttpStatus.NOT_ACCEPTABLE),
            Map.entry("form-faulty", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("image-empty", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("image-too-large", HttpStatus.CONTENT_TOO_LARGE),
            Map.entry("image-kind-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("image-too-many-pixels", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("image-broken", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("image-address-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("image-address-private", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("image-address-unreachable", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("image-address-redirects", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("image-address-refused", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("image-address-slow", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("zip-broken", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("zip-empty", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("zip-too-many-files", HttpStatus.CONTENT_TOO_LARGE),
            Map.entry("misc-description", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("misc-price", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("misc-needs-approval", HttpStatus.FORBIDDEN),
            Map.entry("misc-above-approver", HttpStatus.FORBIDDEN),
            Map.entry("sat-product-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("sat-unit-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("proposal-line-code", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("proposal-number", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("proposal-name", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("proposal-barcode", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("proposal-category", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("proposal-field", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("lost-sale-long", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("lost-sale-empty", HttpStatus.UNPROCESSABLE_CONTENT),
            // purchasing
            Map.entry("order-unknown", HttpStatus.NOT_FOUND),
            Map.entry("supplier-unknown", HttpStatus.NOT_FOUND),
            Map.entry("alert-unknown", HttpStatus.NOT_FOUND),
            Map.entry("invoice-unknown", HttpStatus.NOT_FOUND),
            Map.entry("supplier-code-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("supplier-name-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("supplier-rfc-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("supplier-email-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("supplier-currency-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("supplier-days-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("supplier-minimum-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("supplier-note-long", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("supplier-number-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("order-no-lines", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("order-too-many-lines", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("order-part-twice", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("order-line-twice", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("order-rate-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("reorder-limits-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("formulas-supplier", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("formulas-twice", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("formulas-too-many", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("invoice-no-goods", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("invoice-unmapped", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("invoice-other-currency", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("landed-amount", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("landed-weight", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("invoice-unreadable", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("invoice-not-stamped", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("invoice-kind", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("invoice-not-ours", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("invoice-too-large", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("invoice-too-many", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("order-limit", HttpStatus.FORBIDDEN),
            Map.entry("stock-no-lines", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("stock-too-many-lines", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("stock-rate-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("stock-supplier-missing", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("stock-bin-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("branch-unknown", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("transfer-number-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("transfer-unheard", HttpStatus.NOT_FOUND),
            // customers
            Map.entry("account-without-customer", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("account-needs-approval", HttpStatus.FORBIDDEN),
            Map.entry("account-needs-manager", HttpStatus.FORBIDDEN),
            Map.entry("account-amount", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("account-over", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("account-reference", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("account-tender", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("account-fee", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("account-ticket-unknown", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("return-to-account-first", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("customer-name", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("customer-phone", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("customer-plate", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("customer-vehicles", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("customer-level", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("customer-level-needs-manager", HttpStatus.FORBIDDEN),
            Map.entry("customer-note", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("credit-limit", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("credit-branch-limit", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("credit-days", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("payment-no-cheque", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("price-part-unknown", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("price-target-unknown", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("price-starts-past", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("account-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("account-name-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("account-twice", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("account-group-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("account-role-unknown", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("target-unknown", HttpStatus.NOT_FOUND),
            Map.entry("report-unknown", HttpStatus.NOT_FOUND),
            Map.entry("report-range-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            // promised goods, closed branches
            Map.entry("lease-hold", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("lease-other", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("kit-none", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("kit-fraction", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("kit-short", HttpStatus.CONFLICT),
            Map.entry("count-class-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("count-other-class", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("stock-quantity-missing", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("stock-quantity-text", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("stock-quantity-not-positive", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("stock-quantity-negative", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("stock-quantity-giant", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("stock-quantity-fraction", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("stock-quantity-decimals", HttpStatus.UNPROCESSABLE_CONTENT),
            // vouchers, cores, serial numbers
            Map.entry("voucher-amount", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("serial-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("serial-not-sold", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("serial-too-many", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("core-limit", HttpStatus.FORBIDDEN),
            Map.entry("core-days", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("core-limit-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("core-pieces-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("core-opening-unknown", HttpStatus.NOT_FOUND),
            Map.entry("core-back-more", HttpStatus.CONFLICT),
            Map.entry("core-back-other", HttpStatus.CONFLICT),
            // notes and commissions
            Map.entry("hand-over-exceeds", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("hand-over-empty", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("deposit-bank", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("deposit-account", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("deposit-empty", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("commission-percent", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("commission-person-unknown", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("commission-text", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("commission-past", HttpStatus.UNPROCESSABLE_CONTENT),
            // quotes, layaways, special orders
            Map.entry("promise-without-customer", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("promise-day", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("promise-plan", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("promise-first", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("promise-over", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("promise-amount", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("promise-holds-none", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("promise-lines", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("promise-needs-manager", HttpStatus.FORBIDDEN),
            // marketplaces
            Map.entry("market-back-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("market-rule-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("market-reply-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("market-listing-unknown", HttpStatus.NOT_FOUND),
            Map.entry("market-order-unknown", HttpStatus.NOT_FOUND),
            Map.entry("market-errand-unknown", HttpStatus.NOT_FOUND),
            // connections to outside systems
            Map.entry("connection-name-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("connection-address-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("connection-address-plain", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("connection-address-private", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("connection-address-loopback", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("connection-field-missing", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("connection-field-wrong", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("erp-code-invalid", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("export-way-exported", HttpStatus.CONFLICT),
            Map.entry("export-way-files", HttpStatus.CONFLICT),
            Map.entry("erp-customer-unknown", HttpStatus.CONFLICT),
            Map.entry("erp-customer-several", HttpStatus.CONFLICT),
            Map.entry("erp-customer-fields", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("erp-code-strange", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("connection-secrets-anew", HttpStatus.UNPROCESSABLE_CONTENT),
            // alerts and e-mail
            Map.entry("alert-note", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("alert-rule-audience", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("alert-rule-name", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("alert-rule-quiet", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("mail-host", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("mail-address", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("mail-clear", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("mail-secret-needed", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("mail-link", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("mail-folder", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("mail-failed", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("mail-host-unknown", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("mail-unanswered", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("mail-unsafe", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("template-text", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("template-place", HttpStatus.UNPROCESSABLE_CONTENT),
            Map.entry("bug", HttpStatus.INTERNAL_SERVER_ERROR));

    private final Messages messages;
    private final JsonMapper json;

    Problems(Messages messages, JsonMapper json) {
        this.messages = messages;
        this.json = json;
    }

    /** Unknown things are 404; what cannot be done now is 409 unless the list says otherwise. */
    static HttpStatus status(String code) {
        HttpStatus listed = STATUS.get(code);
        if (listed != null) return listed;
        return code.endsWith("-unknown") ? HttpStatus.NOT_FOUND : HttpStatus.CONFLICT;
    }

    public ProblemDetail of(Refusal refusal, Locale locale) {
        HttpStatus status = status(refusal.code());
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setType(URI.create("urn:refahub:problem:" + refusal.code()));
        problem.setTitle(messages.text(locale, "problem.title." + status.value()));
        problem.setDetail(messages.text(locale, "refusal." + refusal.code(), refusal.arguments()));
        problem.setProperty("code", refusal.code());
        // What the sentence names, so that a page can lead there.
        if (!refusal.arguments().isEmpty()) problem.setProperty("arguments", refusal.arguments());
        return problem;
    }

    public ProblemDetail of(String code, Locale locale, String... arguments) {
        return of(new Refusal(code, List.of(arguments)), locale);
    }

    /** From a filter, where no controller advice reaches. */
    public void write(Refusal refusal, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) return;
        ProblemDetail problem = of(refusal, Languages.of(request));
        problem.setInstance(URI.create(request.getRequestURI()));
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (bearsToken(request)) {
            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            write(Refusal.of("token-invalid"), request, response);
        } else {
            refuse(request, response, true);
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException {
        if (cause instanceof CsrfException) {
            write(Refusal.of("csrf-stale"), request, response);
        } else {
            Authentication caller = SecurityContextHolder.getContext().getAuthentication();
            refuse(request, response, caller == null || caller instanceof AnonymousAuthenticationToken);
        }
    }

    /** A token that was let in never gets here: what is wrong then is the token. */
    private static boolean bearsToken(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, boolean anonymous)
            throws IOException {
        Gate.Verdict verdict = Gate.verdict(request);
        if (verdict == null) verdict = Gate.Verdict.NOT_ALLOWED;
        switch (verdict) {
            case UNKNOWN_PATH -> write(Refusal.of("not-found"), request, response);
            case WRONG_METHOD -> {
                String methods = String.join(", ", Gate.allowedMethods(request));
                response.setHeader("Allow", methods);
                write(Refusal.of("method-wrong", methods), request, response);
            }
            case SETUP_NEEDED -> write(Refusal.of("setup-needed"), request, response);
            case NOT_ALLOWED -> write(Refusal.of(anonymous ? "not-signed-in" : "not-allowed"), request, response);
        }
    }
}
