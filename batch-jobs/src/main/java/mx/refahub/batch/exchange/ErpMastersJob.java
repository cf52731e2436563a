package mx.refahub.batch.exchange;

import java.util.List;
import java.util.Locale;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.ErpMasters;
import mx.refahub.domain.erp.Master;
import mx.refahub.domain.job.Jobs.Parameter;
import org.springframework.batch.core.job.Job;

/** The job erp-masters: parts, then their stock and prices, as far as the ERP was not told them; then the customers that it tells of, and the rest if asked. See README.md beside this file. */
public final class ErpMastersJob {
    static final String AGAIN = "again";
    /** Parts, stock and prices are read too. */
    static final String INCOMING = "incoming";

    private ErpMastersJob() {}

    public static JobDefinition definition(Workshop workshop, ErpDoors doors, ErpMasters masters) {
        List<String> targets = doors.gateways().stream()
                .map(ErpGateway::target)
                .map(target -> target.name().toLowerCase(Locale.ROOT))
                .toList();
        return new JobDefinition(
                job(workshop, doors, masters),
                List.of(
                        new Parameter(ErpExchange.TARGET, Parameter.Kind.CHOICE, true, targets, targets.getFirst()),
                        new Parameter(AGAIN, Parameter.Kind.FLAG, false),
                        new Parameter(INCOMING, Parameter.Kind.FLAG, false)),
                false);
    }

    // @formatter:off
    private static Job job(Workshop workshop, ErpDoors doors, ErpMasters masters) {
        return workshop.job("erp-masters")
                .start(workshop.outside("tell-parts", new TellMasters(workshop, doors, masters, Master.Kind.PARTS)))
                .next(workshop.outside("tell-stock", new TellMasters(workshop, doors, masters, Master.Kind.STOCK)))
                .next(workshop.outside("tell-prices", new TellMasters(workshop, doors, masters, Master.Kind.PRICES)))
                .next(workshop.outside("hear-customers", new HearMasters(workshop, doors, masters, Master.Kind.CUSTOMERS)))
                .next(workshop.outside("hear-parts", new HearMasters(workshop, doors, masters, Master.Kind.PARTS)))
                .next(workshop.outside("hear-stock", new HearMasters(workshop, doors, masters, Master.Kind.STOCK)))
                .next(workshop.outside("hear-prices", new HearMasters(workshop, doors, masters, Master.Kind.PRICES)))
                .next(workshop.step("list-refused", new ListRefused(workshop, masters)))
                .build();
    }
    // @formatter:on
}
