package mx.refahub.batch.run;

import java.time.Duration;
import java.util.List;
import mx.refahub.domain.job.JobRules.Terms;

/** What holds of a job until somebody decides otherwise. */
final class DefaultTerms {
    private static final List<String> ADMINISTRATORS = List.of("ADMIN");
    private static final List<String> ACCOUNTANTS = List.of("ACCOUNTANT", "ADMIN");

    private DefaultTerms() {}

    static Terms of(String job) {
        return switch (job) {
            // Long, and a person has handed the files over: what failed is looked at before it goes on.
            case "catalogue-import", "catalogue-undo" -> terms("ADMIN", Duration.ofHours(6), 0, ADMINISTRATORS);
            case "price-sync", "price-undo", "opening-stock", "opening-undo" ->
                terms("ADMIN", Duration.ofHours(2), 0, ADMINISTRATORS);
            case "erp-exchange" -> terms("ACCOUNTANT", Duration.ofHours(2), 2, ACCOUNTANTS);
            case "index-build" -> terms("ADMIN", Duration.ofHours(2), 2, ADMINISTRATORS);
            case "backup", "backup-verify" -> terms("ADMIN", Duration.ofHours(12), 3, ADMINISTRATORS);
            case "reorder-alerts" -> terms("WAREHOUSE", Duration.ofHours(1), 2, ADMINISTRATORS);
            case "reconciliation" -> terms("ACCOUNTANT", Duration.ofHours(2), 2, ACCOUNTANTS);
            // A source of rates may be away for an hour; the tills go on with the rate they know.
            case "rate-sync" -> new Terms("ACCOUNTANT", Duration.ofMinutes(30), 6, Duration.ofMinutes(10), ACCOUNTANTS);
            case "stock-check" -> terms("ACCOUNTANT", Duration.ofHours(1), 1, ACCOUNTANTS);
            default -> terms("ADMIN", Duration.ofHours(4), 1, ADMINISTRATORS);
        };
    }

    private static Terms terms(String inCharge, Duration timeout, int retries, List<String> told) {
        return new Terms(inCharge, timeout, retries, Duration.ofMinutes(5), told);
    }
}
