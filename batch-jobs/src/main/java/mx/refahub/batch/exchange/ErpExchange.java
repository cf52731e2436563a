package mx.refahub.batch.exchange;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.erp.ErpDeliveries;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpSender;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.job.Jobs.Parameter;
import org.springframework.batch.core.job.Job;

/** The job erp-exchange. See README.md beside this file. */
public final class ErpExchange {
    static final String TARGET = "target";
    static final String UNTIL = "until";
    static final String AGAIN = "again";

    private ErpExchange() {}

    /** What brings postings to an ERP, and what keeps count of them. */
    public record Spoken(ErpDeliveries deliveries, ErpSender sender) {}

    /** For targets that are given files alone. */
    public static JobDefinition definition(Workshop workshop, ErpDoors doors) {
        return definition(workshop, doors, Optional.empty());
    }

    /** @param spoken of what is spoken to, if anything is */
    public static JobDefinition definition(Workshop workshop, ErpDoors doors, Optional<Spoken> spoken) {
        List<String> targets = doors.targets().stream()
                .map(target -> target.name().toLowerCase(Locale.ROOT))
                .toList();
        return new JobDefinition(
                job(workshop, doors, spoken),
                List.of(
                        new Parameter(TARGET, Parameter.Kind.CHOICE, true, targets, targets.getFirst()),
                        new Parameter(UNTIL, Parameter.Kind.TEXT, false),
                        new Parameter(AGAIN, Parameter.Kind.NUMBER, false)),
                false);
    }

    static ErpTarget target(String parameter) {
        return ErpTarget.valueOf(parameter.strip().toUpperCase(Locale.ROOT));
    }

    // @formatter:off
    private static Job job(Workshop workshop, ErpDoors doors, Optional<Spoken> spoken) {
        return workshop.job("erp-exchange")
                .start(workshop.outside("check-accounts", new CheckAccounts(workshop, doors)))
                .next(workshop.step("take-tickets", new TakeTickets(workshop, doors)))
                .next(workshop.step("deliver-entries", new DeliverEntries(workshop, doors)))
                .next(workshop.outside("send-entries", new SendEntries(workshop, doors, spoken)))
                .build();
    }
    // @formatter:on
}
