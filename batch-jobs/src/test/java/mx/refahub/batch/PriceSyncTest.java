package mx.refahub.batch;

import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import mx.refahub.domain.job.Jobs.Change;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.pricing.PriceFormula;
import mx.refahub.domain.pricing.PriceLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A supplier's list through its formulas into the price book, and back. */
class PriceSyncTest {
    private static final String LIST = "line_code,part_number,cost\n";
    private static final String FORMULAS = "brand,category,cost_from,level,method,percent,ending\n";
    private static final String RULES =
            "select p.part_number || ' ' || r.level || ' ' || r.amount || ' ' || r.starts from price_rule r join part p on p.id::text = r.target_value where r.withdrawn_version is null order by 1";

    @TempDir
    Path folder;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = new Hub(folder, 1000);
        hub.feed(
                "catalogue-import",
                "parts",
                PARTS
                        + part("FRI", "1", "Balata", "116.00")
                        + part("FRI", "2", "Disco", "232.00")
                        + part("BRE", "3", "Cáliper", ""));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Run sync(Map<String, String> parameters, String prices, String formulas) {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("prices", hub.file("prices", LIST + prices));
        if (!formulas.isEmpty()) files.put("formulas", hub.file("formulas", FORMULAS + formulas));
        Map<String, String> all = new LinkedHashMap<>(Map.of("supplier", "ACME"));
        all.putAll(parameters);
        return hub.settled(
                Hub.done(hub.jobs().start("price-sync", all, files, "marta")).id());
    }

    @Test
    void costs_become_prices_by_the_narrowest_formula_and_start_on_their_day() {
        Run run = sync(
                Map.of("threshold", "1000", "starts", "2025-11-10"),
                "FRI,1,60.00\nFRI,2,150\nBRE,3,300.50\n",
                ",,,,margin,40,c90\nbrand fri,,100,,markup,50,peso\n,,,taller,markup,10,none\n");

        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        // 60 / 0.6 × 1.16 = 116.00 → 116.90; 150 × 1.5 × 1.16 = 261.00; 300.50 / 0.6 × 1.16 = 580.97 → 581.90
        assertThat(hub.texts(RULES))
                .containsExactly(
                        "1 PUBLICO 11690 2025-11-10",
                        "1 TALLER 7656 2025-11-10",
                        "2 PUBLICO 26100 2025-11-10",
                        "2 TALLER 19140 2025-11-10",
                        "3 PUBLICO 58190 2025-11-10",
                        "3 TALLER 38344 2025-11-10");
        assertThat(hub.version("price_book")).isEqualTo(1);
        assertThat(hub.count("staging_price")).isZero();

        Run again = sync(Map.of("threshold", "1000", "starts", "2025-11-10"), "FRI,1,60.00\n", "");
        assertThat(again.status()).as(again.message()).isEqualTo(Status.DONE);
        assertThat(hub.version("price_book")).isEqualTo(1);
    }

    @Test
    void a_bad_line_is_put_aside_with_its_reason_and_the_rest_goes_on() {
        Run run = sync(
                Map.of("threshold", "1000"),
                "FRI,1,sesenta\nFRI,2,-5\nFRI,2,150.00\nFRI,2,151.00\nFRI,99,10\nFRI,1,600.00\nBRE,3,0\n",
                "Brand FRI,,,,margin,40,none\nBrand FRI,,,,margin,41,none\n,,,,margin,100,none\n");

        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        assertThat(hub.texts(RULES)).containsExactly("2 PUBLICO 29000 2025-11-04");
        assertThat(hub.texts("select file || ' ' || line || ' ' || reason from job_run_reject order by file, line"))
                .hasSize(8)
                .anyMatch(reason -> reason.contains("No es un número"))
                .anyMatch(reason -> reason.contains("negativo"))
                .anyMatch(reason -> reason.contains("Repite la pieza del renglón"))
                .anyMatch(reason -> reason.contains("No hay una pieza FRI 99"))
                .anyMatch(reason -> reason.contains("Es 12.0 veces la mitad del precio de venta sin IVA, 50.00"))
                .anyMatch(reason -> reason.contains("Es cero"))
                .anyMatch(reason -> reason.contains("Repite la fórmula"))
                .anyMatch(reason -> reason.contains("menor que 100"));
    }

    @Test
    void a_change_above_the_threshold_waits_for_somebody_and_shows_old_new_percent_and_margin() {
        Run waiting = sync(Map.of(), "FRI,1,90.00\n", ",,,,margin,40,none\n");

        assertThat(waiting.status()).as(waiting.message()).isEqualTo(Status.WAITING_FOR_APPROVAL);
        assertThat(hub.version("price_book")).isZero();
        Change change = hub.jobs().preview(waiting.id()).orElseThrow().changes().getFirst();
        assertThat(change.kind()).isEqualTo(Change.Kind.PRICE_CHANGED);
        assertThat(change.examples().getFirst().before()).isEqualTo("$116.00");
        assertThat(change.examples().getFirst().after()).isEqualTo("$174.00 (+50.0 %) · margen 40.0 %");

        Hub.done(hub.jobs().approve(waiting.id(), "marta"));
        assertThat(hub.ended(waiting.id()).status()).isEqualTo(Status.DONE);
        assertThat(hub.texts(RULES)).containsExactly("1 PUBLICO 17400 2025-11-04");

        Run undo = hub.ended(Hub.done(
                        hub.jobs().start("price-undo", Map.of("of", Long.toString(waiting.id())), Map.of(), "marta"))
                .id());
        assertThat(undo.status()).as(undo.message()).isEqualTo(Status.DONE);
        assertThat(hub.texts(RULES)).isEmpty();
        assertThat(hub.version("price_book")).isEqualTo(2);
        Run twice = hub.ended(Hub.done(
                        hub.jobs().start("price-undo", Map.of("of", Long.toString(waiting.id())), Map.of(), "marta"))
                .id());
        assertThat(twice.status()).isEqualTo(Status.FAILED);
    }

    @Test
    void a_day_that_is_over_is_refused_and_nothing_is_published() {
        Run run = sync(Map.of("starts", "2025-01-01"), "FRI,1,60\n", ",,,,margin,40,none\n");

        assertThat(run.status()).isEqualTo(Status.FAILED);
        assertThat(run.message()).contains("ya pasó");
        assertThat(hub.count("price_rule")).isZero();
    }

    @Test
    void the_job_and_the_screens_example_make_the_same_price_of_a_cost_to_the_centavo() {
        for (PriceFormula.Method method : PriceFormula.Method.values()) {
            // 42 % of margin doubles a cost with its tax: even before it is rounded up.
            for (int hundredths : new int[] {4_200, 3_333}) {
                StringBuilder formulas = new StringBuilder();
                for (PriceFormula.Ending ending : PriceFormula.Ending.values())
                    formulas.append(",,,%s-%s%d,%s,%s,%s\n"
                            .formatted(ending, method, hundredths, method, hundredths / 100.0, ending));
                Run run = sync(
                        Map.of("threshold", "100000000", "times", "1000000"),
                        "FRI,1,100.00\nFRI,2,0.07\n",
                        formulas.toString());
                assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
                for (PriceFormula.Ending ending : PriceFormula.Ending.values()) {
                    PriceFormula formula =
                            new PriceFormula("", "", Money.mxn(0), PriceLevel.PUBLICO, method, hundredths, ending);
                    for (String[] part : new String[][] {{"1", "10000"}, {"2", "7"}}) {
                        Money cost = Money.mxn(Long.parseLong(part[1]));
                        assertThat(hub.one(
                                        "select new_price from price_change c join part p on p.id = c.part_id where run_id = %d and part_number = '%s' and level = '%s-%s%d'"
                                                .formatted(run.id(), part[0], ending, method, hundredths),
                                        Long.class))
                                .as(method + " " + hundredths + " " + ending + " of " + cost.minor())
                                .isEqualTo(formula.price(cost, 16).minor());
                    }
                }
            }
        }
    }

    private static final String PIES = """
        <?xml version="1.0" encoding="UTF-8"?>
        <PIES xmlns="http://www.autocare.org"><Header><PIESVersion>7.2</PIESVersion><CurrencyCode>USD</CurrencyCode></Header>
        <PriceSheets><PriceSheet MaintenanceType="A"><PriceSheetNumber>2025-11</PriceSheetNumber></PriceSheet></PriceSheets><Items>
        <Item MaintenanceType="A"><PartNumber>1</PartNumber><BrandAAIAID>BBTB</BrandAAIAID><Prices>
          <Pricing MaintenanceType="A" PriceType="JBR"><Price UOM="PE">9.00</Price></Pricing>
          <Pricing MaintenanceType="A" PriceType="WD1"><Price UOM="PE">3.0006</Price></Pricing>
          <Pricing MaintenanceType="A" PriceType="WD1"><Price UOM="PE">2.50</Price><PriceBreak UOM="EA">100</PriceBreak></Pricing>
          <Pricing MaintenanceType="A" PriceType="WD1"><EffectiveDate>2099-01-01</EffectiveDate><Price UOM="PE">5.00</Price></Pricing>
          <Pricing MaintenanceType="A" PriceType="LST"><Price UOM="PE">20.00</Price></Pricing></Prices></Item>
        <Item MaintenanceType="A"><PartNumber>2</PartNumber><BrandAAIAID>BBTB</BrandAAIAID><Prices>
          <Pricing MaintenanceType="A" PriceType="NET"><CurrencyCode>MXN</CurrencyCode><Price UOM="PE">150</Price></Pricing></Prices></Item>
        <Item MaintenanceType="A"><PartNumber>3</PartNumber><BrandAAIAID>BRE</BrandAAIAID><Prices>
          <Pricing MaintenanceType="A" PriceType="LST"><Price UOM="PE">150</Price></Pricing></Prices></Item>
        <Item MaintenanceType="D"><PartNumber>9</PartNumber><BrandAAIAID>BRE</BrandAAIAID></Item>
        </Items></PIES>
        """;

    private Run pies(Map<String, String> parameters) {
        Map<String, Path> files = Map.of(
                "pies", hub.file("pies", PIES), "formulas", hub.file("formulas", FORMULAS + ",,,,margin,40,none\n"));
        Map<String, String> all =
                new LinkedHashMap<>(Map.of("supplier", "ACME", "lines", "BBTB=FRI", "threshold", "1000"));
        all.putAll(parameters);
        return hub.settled(
                Hub.done(hub.jobs().start("price-sync", all, files, "marta")).id());
    }

    @Test
    void a_list_in_pies_is_taken_by_its_price_type_and_dollars_by_a_rate() {
        Run run = pies(Map.of("rate", "20"));

        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        // 3.0006 × 20 = 60.01; / 0.6 × 1.16 = 116.02
        assertThat(hub.texts(RULES)).containsExactly("1 PUBLICO 11602 2025-11-04", "2 PUBLICO 29000 2025-11-04");
        assertThat(hub.rejects(run)).singleElement().asString().contains("No trae un precio por pieza de tipo WD1");

        assertThat(pies(Map.of("rate", "veinte")).message()).contains("pesos por dólar");
        Run jobber = pies(Map.of("price_type", "jbr"));
        assertThat(hub.rejects(jobber)).hasSize(3).anyMatch(row -> row.contains("di en «pesos por dólar»"));
        Map<String, Path> noList = Map.of("formulas", hub.file("formulas", FORMULAS + ",,,,margin,40,none\n"));
        assertThat(hub.settled(Hub.done(hub.jobs().start("price-sync", Map.of("supplier", "ACME"), noList, "marta"))
                                .id())
                        .message())
                .contains("Falta la lista");
    }
}
