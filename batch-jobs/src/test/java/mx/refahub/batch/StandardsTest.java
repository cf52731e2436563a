package mx.refahub.batch;

import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.job.Jobs.Change;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardsTest {
    private static final Path SAMPLE = sample();

    /** The Association's sample lies outside of the project, in {@code shared/data} beside it or above. */
    private static Path sample() {
        String beside = "shared/data/aces-pies/sample_aces_4.0.xml";
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent())
            if (Files.exists(at.resolve(beside))) return at.resolve(beside);
        return Path.of("..").resolve(beside);
    }

    private static final String ACES = """
        <?xml version="1.0" encoding="UTF-8"?>
        <ACES version="4.2"><Header><Company>Acme</Company><BrandAAIAID>FRI</BrandAAIAID><SubmissionType>FULL</SubmissionType></Header>
        %s
        <Footer><RecordCount>1</RecordCount></Footer></ACES>
        """;

    private static final String PIES = """
        <?xml version="1.0" encoding="UTF-8"?>
        <PIES xmlns="http://www.autocare.org"><Header><PIESVersion>7.2</PIESVersion><SubmissionType>FULL</SubmissionType>
        <LanguageCode>EN</LanguageCode><CurrencyCode>MXN</CurrencyCode></Header><Items>
        %s
        </Items></PIES>
        """;

    private static final String ITEM = """
        <Item MaintenanceType="A">
        <HazardousMaterialCode>N</HazardousMaterialCode>
        <ItemLevelGTIN GTINQualifier="UP">00012345678905</ItemLevelGTIN>
        <PartNumber>7974-D1045</PartNumber><BrandAAIAID>BBTB</BrandAAIAID><BrandLabel>Great Lakes</BrandLabel>
        <PartTerminologyID>1684</PartTerminologyID>
        <Descriptions>
          <Description MaintenanceType="A" DescriptionCode="SHO" LanguageCode="EN">Pad set</Description>
          <Description MaintenanceType="A" DescriptionCode="DES" LanguageCode="EN">Ceramic  brake pad &amp; hardware</Description>
          <Description MaintenanceType="A" DescriptionCode="DES" LanguageCode="ES">Balata cerámica</Description>
          <Description MaintenanceType="A" DescriptionCode="MKT" LanguageCode="ES">¡La mejor!</Description>
        </Descriptions>
        <Prices>
          <Pricing MaintenanceType="A" PriceType="JBR"><Price UOM="PE">1.00</Price></Pricing>
          <Pricing MaintenanceType="A" PriceType="LST"><Price UOM="PE">500</Price></Pricing>
          <Pricing MaintenanceType="A" PriceType="RET"><CurrencyCode>MXN</CurrencyCode><EffectiveDate>2025-01-01</EffectiveDate><Price UOM="PE">489.0050</Price></Pricing>
          <Pricing MaintenanceType="A" PriceType="RET"><CurrencyCode>MXN</CurrencyCode><EffectiveDate>2099-01-01</EffectiveDate><Price UOM="PE">999</Price></Pricing>
        </Prices>
        <Kits><KitComponent><PartNumber>OTHER</PartNumber></KitComponent></Kits>
        <Packages>
          <Package MaintenanceType="A"><PackageLevelGTIN>00012345678905</PackageLevelGTIN><PackageUOM>EA</PackageUOM><QuantityofEaches>1</QuantityofEaches></Package>
          <Package MaintenanceType="A"><PackageLevelGTIN>10012345678902</PackageLevelGTIN><PackageUOM>CA</PackageUOM><QuantityofEaches>12</QuantityofEaches>
            <Dimensions UOM="CM"><Height>1</Height></Dimensions></Package>
        </Packages>
        <PartInterchangeInfo>
          <PartInterchange MaintenanceType="A" LanguageCode="EN"><TypeCode>O</TypeCode><BrandLabel>Toyota</BrandLabel><PartNumber>04465-33471</PartNumber></PartInterchange>
          <PartInterchange MaintenanceType="A" BrandLabel="Brembo"><PartNumber>P85-114</PartNumber></PartInterchange>
        </PartInterchangeInfo>
        </Item>
        """;

    private static final String VEHICLES = "base_vehicle_id,make_id,model_id,make,model,year,engine_base_id,engine\n";

    @TempDir
    Path folder;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = new Hub(folder, 1000);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Run importing(Map<String, String> parameters, String... files) {
        Map<String, Path> paths = new HashMap<>();
        for (int i = 0; i < files.length; i += 2) paths.put(files[i], hub.file(files[i], files[i + 1]));
        return hub.ended(Hub.done(hub.jobs().start("catalogue-import", parameters, paths, "marta"))
                .id());
    }

    private void assertRefused(String parameter, byte[] content, String why) {
        Run run = hub.run("catalogue-import", Map.of(parameter, hub.file(parameter, content)));
        assertThat(run.status()).as(run.message()).isEqualTo(Status.FAILED);
        assertThat(run.message())
                .startsWith("El archivo «" + parameter + "» no se importó: ")
                .contains(why);
    }

    private void assertRefused(String parameter, String content, String why) {
        assertRefused(parameter, content.getBytes(StandardCharsets.UTF_8), why);
    }

    @Test
    void an_item_becomes_a_part_with_names_price_barcodes_and_interchanges() {
        Run run = importing(Map.of("lines", "BBTB=GLK"), "pies", PIES.formatted(ITEM));

        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        assertThat(run.rejected()).as(run.message()).isZero();
        assertThat(
                        hub.texts(
                                "select line_code || '|' || part_number || '|' || brand || '|' || name_es || '|' || name_en || '|' || sat_code || '|' || sat_unit || '|' || amount || '|' || includes_tax from part join part_price on part_id = id"))
                .containsExactly(
                        "GLK|7974-D1045|Great Lakes|Balata cerámica|Ceramic brake pad & hardware|01010101|H87|48901|false");
        assertThat(hub.texts("select barcode || ' ' || pack from part_barcode order by 1"))
                .containsExactly("012345678905 1000", "10012345678902 12000");
        assertThat(hub.texts(
                        "select kind || ' ' || other_brand || ' ' || other_number from part_interchange order by 1"))
                .containsExactly("EQUIVALENT Brembo P85-114", "OEM Toyota 04465-33471");
        assertThat(importing(Map.of("lines", "BBTB=GLK"), "pies", PIES.formatted(ITEM))
                        .message())
                .isEqualTo("Nada cambió: el catálogo ya estaba así.");
    }

    @Test
    void what_a_standard_does_not_tell_stays_as_the_shop_has_it() {
        importing(Map.of(), "parts", PARTS + part("BBTB", "7974-D1045", "Balata de la casa", "100.00"));
        Run run = importing(
                Map.of(),
                "pies",
                PIES.formatted(ITEM.replace("MXN", "USD").replace("LanguageCode=\"ES\"", "LanguageCode=\"FR\""))
                        .replace("<CurrencyCode>MXN", "<CurrencyCode>USD"));

        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        assertThat(run.message()).contains("Sin precio en pesos: 1 piezas");
        assertThat(
                        hub.texts(
                                "select name_es || '|' || name_en || '|' || category || '|' || unit || '|' || sat_code || '|' || amount || '|' || includes_tax from part join part_price on part_id = id"))
                .containsExactly(
                        "Balata de la casa|Ceramic brake pad & hardware|Frenos/Balatas|JGO|25171702|10000|true");
    }

    @Test
    void items_without_a_name_or_with_a_bad_price_come_back_with_their_line_in_the_xml() {
        Run run = importing(
                Map.of(),
                "pies",
                PIES.formatted(ITEM.replaceAll("(?s)<Descriptions>.*</Descriptions>", "")
                        + ITEM.replace("7974-D1045", "2")
                                .replace("489.0050", "mucho")
                                .replace("01234567890", "11234567890")
                        + ITEM.replace("7974-D1045", "3")
                                .replace("MaintenanceType=\"A\">\n<Haz", "MaintenanceType=\"D\">\n<Haz")));

        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        assertThat(run.message()).contains("da de baja 1 piezas");
        assertThat(
                        hub.texts(
                                "select file || ' ' || line || ' ' || column_name || ' ' || reason from job_run_reject where file = 'parts' order by line"))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("parts 2 name_es Está vacío, y una pieza nueva necesita un nombre."),
                        line -> assertThat(line).startsWith("parts 3 list_price No es un número"));
        assertThat(hub.one("select original from job_run_reject where file = 'parts' and line = 3", String.class))
                .endsWith(",mucho,27");
        assertThat(hub.count("part")).isZero();
    }

    private static String app(String inside) {
        return "<App action=\"A\" id=\"1\">" + inside + "<Qty>1</Qty><PartType id=\"1\"/><Part>1</Part></App>\n";
    }

    @Test
    void applications_become_fitments_by_the_table_of_vehicles_or_by_names() {
        importing(Map.of(), "parts", PARTS + part("FRI", "1", "Balata", "1") + part("ZZZX", "9", "Balata", "1"));
        Run run = importing(
                Map.of(),
                "vehicles",
                VEHICLES
                        + "10,1,2,Cadillac,Catera,1997,391,3.0 V6\n11,1,2,Cadillac,Catera,1998,,\n12,1,2,Cadillac,Catera,1999,,\n15,3,4,Ford,LTD,1972,,\n",
                "aces",
                ACES.formatted(app("<BaseVehicle id=\"10\"/>")
                        + app("<BaseVehicle id=\"12\"/>")
                        + app("<BaseVehicle id=\"11\"/>")
                        + app(
                                "<BaseVehicle id=\"10\"/><EngineBase id=\"391\"/><Position id=\"22\"/><Qual id=\"1\"><param value=\"x\"/><text>With A/C</text></Qual>")
                        + app("<BaseVehicle id=\"15\"/><EngineBase id=\"7\"/><Note>Exc. Wagon</Note>")
                        + app("<BaseVehicle id=\"15\"/><EngineBase id=\"7\"/><Note>Exc. Taxi</Note>")
                        + app(
                                "<Years from=\"1994\" to=\"1995\"/><Make id=\"3\"/><Model id=\"4\"/><SubModel id=\"39\"/>")
                        + app(
                                "<Years from=\"2011\" to=\"2018\"/><Make id=\"8\">Volkswagen</Make><Model id=\"9\" name=\"Jetta\"/><EngineBase>2.5</EngineBase><Position>delantera</Position>")
                        + app("<BaseVehicle id=\"15\"/>").replace("<Part>1", "<Part BrandAAIAID=\"ZZZX\">9")
                        + app("<BaseVehicle id=\"99\"/>")
                        + app("<Mfr id=\"22\"/><EquipmentModel id=\"1\"/>")
                        + app("<BaseVehicle id=\"15\"/>").replace("<Part>1", "<Part>nada")
                        + app("<BaseVehicle id=\"15\"/>").replace("action=\"A\"", "action=\"D\"")));

        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        assertThat(
                        hub.texts(
                                "select part_number || ' ' || concat_ws('|', make, model, year_from, year_to, engine, position, notes) from fitment join part on id = part_id order by 1"))
                .containsExactly(
                        "1 Cadillac|Catera|1997|1997|3.0 V6|Position 22|With A/C",
                        "1 Cadillac|Catera|1997|1999|||",
                        "1 Ford|LTD|1972|1972|||Exc. Taxi; EngineBase 7 / Exc. Wagon; EngineBase 7",
                        "1 Ford|LTD|1994|1995|||SubModel 39",
                        "1 Volkswagen|Jetta|2011|2018|2.5|delantera|",
                        "9 Ford|LTD|1972|1972|||");
        assertThat(run.message()).contains("da de baja 1 aplicaciones");
        assertThat(hub.texts("select reason from job_run_reject where file = 'fitment-removals'"))
                .containsExactly("La pieza no tiene esa aplicación tal cual; no hay nada que quitar.");
        assertThat(hub.texts("select reason from job_run_reject where file = 'fitments' order by line"))
                .containsExactly(
                        "No hay un vehículo con base_vehicle_id 99 en el archivo de vehículos, y la aplicación no trae su nombre.",
                        "Es una aplicación de un equipo o motor suelto, no de un vehículo.",
                        "No hay una pieza FRI NADA en el catálogo.");
        assertThat(run.rejected()).isEqualTo(4);
    }

    private Run undoing(Run run) {
        Run undone = hub.ended(Hub.done(hub.jobs().undo(run.id(), "marta")).id());
        assertThat(undone.status()).as(undone.message()).isEqualTo(Status.DONE);
        return undone;
    }

    @Test
    void an_item_that_is_deleted_leaves_the_catalogue_is_told_beforehand_and_comes_back_by_undo() {
        importing(
                Map.of("lines", "BBTB=GLK"),
                "pies",
                PIES.formatted(ITEM + ITEM.replace("7974-D1045", "3").replace("01234567890", "11234567890")));
        String gone = PIES.formatted(ITEM.replace("<Item MaintenanceType=\"A\">", "<Item MaintenanceType=\"D\">"))
                .replace("FULL", "UPDATE");
        long run = Hub.done(hub.jobs()
                        .start(
                                "catalogue-import",
                                Map.of("lines", "BBTB=GLK", "approve", "true"),
                                Map.of("pies", hub.file("pies", gone)),
                                "marta"))
                .id();
        assertThat(hub.settled(run).status()).isEqualTo(Status.WAITING_FOR_APPROVAL);
        assertThat(hub.jobs().preview(run).orElseThrow().changes())
                .singleElement()
                .matches(change -> change.kind() == Change.Kind.PART_REMOVED && change.count() == 1);
        Hub.done(hub.jobs().approve(run, "marta"));
        Run removed = hub.ended(run);

        assertThat(removed.message()).contains("Piezas retiradas: 1.");
        assertThat(hub.texts("select part_number from part where removed_at is null"))
                .containsExactly("3");
        assertThat(hub.texts("select part_number from part where catalogue_version = 2"))
                .containsExactly("7974-D1045");

        undoing(removed);
        assertThat(hub.texts("select part_number from part where removed_at is null order by 1"))
                .containsExactly("3", "7974-D1045");
        Run unknown = importing(Map.of("lines", "BBTB=XXX"), "pies", gone);
        assertThat(hub.rejects(unknown).getFirst()).contains("No hay una pieza XXX 7974-D1045 en el catálogo.");
    }

    @Test
    void what_a_kit_of_a_standard_holds_becomes_its_components() {
        String kit = ITEM.replace(
                        "<Kits><KitComponent><PartNumber>OTHER</PartNumber></KitComponent></Kits>",
                        "<Kits><KitComponent MaintenanceType=\"A\"><KitComponentPartNumber>B-1</KitComponentPartNumber><KitComponentBrand>BBTB</KitComponentBrand><Description>Belt</Description><QuantityInKit UOM=\"EA\">2.0000</QuantityInKit></KitComponent></Kits>")
                .replace("7974-D1045", "K-1");
        Run run = importing(
                Map.of(),
                "pies",
                PIES.formatted(kit + ITEM.replace("7974-D1045", "B-1").replace("01234567890", "11234567890")));

        assertThat(run.rejected()).as(run.message()).isZero();
        assertThat(
                        hub.texts(
                                "select p.part_number || ' ' || r.kind || ' ' || o.part_number || ' ' || r.quantity from part_relation r join part p on p.id = r.part_id join part o on o.id = r.related_id"))
                .containsExactly("K-1 COMPONENT B-1 2000");
    }

    @Test
    void an_application_that_is_deleted_leaves_its_part_year_by_year_and_comes_back_by_undo() {
        importing(
                Map.of(),
                "parts",
                PARTS + part("FRI", "1", "Balata", "1"),
                "fitments",
                Hub.FITMENTS
                        + "FRI,1,VW,Jetta,2011,2018,,,\nFRI,1,VW,Golf,2011,2018,,,con ABS\nFRI,1,VW,Polo,2012,2012,,,\n");
        String before = "select model || ' ' || year_from || '-' || year_to || ' ' || notes from fitment order by 1";
        List<String> was = hub.texts(before);
        Run run = importing(
                Map.of(),
                "aces",
                ACES.formatted((app("<Years from=\"2013\" to=\"2014\"/><Make>VW</Make><Model>Jetta</Model>")
                                        + app("<Years from=\"2016\" to=\"2016\"/><Make>VW</Make><Model>Jetta</Model>")
                                        + app("<Years from=\"2012\" to=\"2012\"/><Make>VW</Make><Model>Golf</Model>")
                                        + app("<Years from=\"2012\" to=\"2012\"/><Make>VW</Make><Model>Polo</Model>"))
                                .replace("action=\"A\"", "action=\"D\""))
                        .replace("FULL", "UPDATE"));

        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        assertThat(hub.texts(before))
                .containsExactly("Golf 2011-2018 con ABS", "Jetta 2011-2012 ", "Jetta 2015-2015 ", "Jetta 2017-2018 ");
        // The Golf holds with a note alone, and the file takes back one without.
        assertThat(hub.rejects(run)).singleElement().asString().contains("no hay nada que quitar");
        assertThat(hub.version("catalogue")).isEqualTo(2);

        undoing(run);
        assertThat(hub.texts(before)).isEqualTo(was);
    }

    @Test
    void a_submission_of_updates_adds_and_takes_nothing_away() {
        importing(
                Map.of(),
                "parts",
                PARTS + part("FRI", "1", "Balata", "1"),
                "fitments",
                Hub.FITMENTS + "FRI,1,VW,Golf,2011,2018,,,\n");
        importing(
                Map.of(),
                "aces",
                ACES.formatted(app("<Years from=\"2011\" to=\"2018\"/><Make>VW</Make><Model>Jetta</Model>"))
                        .replace("FULL", "UPDATE"));

        assertThat(hub.texts("select model from fitment order by 1")).containsExactly("Golf", "Jetta");
    }

    @Test
    void xml_that_means_harm_or_is_broken_is_refused_with_a_sentence() throws IOException {
        String good = ACES.formatted(app("<BaseVehicle id=\"1\"/>"));
        String bomb =
                "<?xml version=\"1.0\"?><!DOCTYPE ACES [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;\">]>";
        assertRefused("aces", bomb + "<ACES version=\"4.0\"><App>&c;</App></ACES>", "DOCTYPE");
        assertRefused("aces", "<!DOCTYPE ACES SYSTEM \"file:///etc/passwd\"><ACES version=\"4.0\"/>", "DOCTYPE");
        assertRefused("aces", good.replace("<Qty>1", "<Qty>&nada;"), "entidad");
        assertRefused("aces", good.substring(0, good.length() / 2), "incompleto");
        assertRefused("aces", good.replace("Acme", "Acmé").getBytes(StandardCharsets.ISO_8859_1), "codificación");
        assertRefused("aces", good.replace("</Qty>", "</Qtz>"), "bien formado");
        assertRefused("aces", good.replace("4.2", "2.0"), "se admiten 3 y 4");
        assertRefused("aces", ACES.formatted(""), "no trae ninguna aplicación");
        assertRefused("aces", "a,b\n1,2\n", "bien formado");
        assertRefused("aces", PIES.formatted(ITEM), "no es ACES");
        assertRefused("aces", "<ACES version=\"4.0\">" + "<a>".repeat(100), "niveles");
        assertRefused(
                "aces", good.replace("<Qty>1", "<Note>" + "x".repeat(5_000) + "</Note><Qty>1"), "4000 caracteres");
        assertRefused("aces", good.replace("<Qty>1", "<!--" + "x".repeat(5_000_000) + "--><Qty>1"), "MB");
        assertRefused("aces", good.replace("id=\"1\"/>", "id=\"" + "x".repeat(5_000_000) + "\"/>"), "MB");
        StringBuilder names = new StringBuilder("<ACES version=\"4.0\">");
        for (int i = 0; i < 3_000; i++) names.append("<n").append(i).append("/>");
        assertRefused("aces", names.toString(), "nombres distintos");
        assertRefused("aces", names.toString().replaceAll("<n(\\d+)/>", "<n a$1=''/>"), "nombres distintos");
        assertRefused("aces", names.toString().replaceAll("<n(\\d+)/>", "<p$1:n xmlns:p$1='x'/>"), "nombres distintos");
        assertRefused("pies", PIES.formatted(ITEM).replace("7.2", "5.0"), "se admiten 6 y 7");
        assertRefused("pies", PIES.formatted(""), "no trae ninguna pieza");
        assertThat(hub.count("part")).isZero();
        assertThat(importing(Map.of(), "pies", PIES.formatted(ITEM), "parts", PARTS + part("A", "1", "x", "1"))
                        .message())
                .contains("«pies» y «parts» dicen lo mismo");
        assertThat(importing(Map.of("lines", "A,B"), "pies", PIES.formatted(ITEM))
                        .message())
                .contains("no se entiende en «A»");
    }

    @Test
    void the_association_s_own_sample_is_read_to_its_end() throws IOException {
        if (!Files.exists(SAMPLE)) System.out.println("ORACLES NOT RUN: 1 (no ACES sample at " + SAMPLE + ")");
        assumeTrue(Files.exists(SAMPLE), "ORACLES NOT RUN: 1");
        StringBuilder parts = new StringBuilder(PARTS);
        for (String number : new String[] {
            "F1406", "PR93160", "PR93170", "SW1417", "SS769", "3831", "SW1406", "H9281", "P135", "F1206", "F1217"
        }) parts.append(part("ZZZZ", number, "Pieza", "1"));
        importing(Map.of(), "parts", parts.toString());
        Run run = importing(
                Map.of(),
                "vehicles",
                VEHICLES
                        + "1939,1,1,Dodge,Neon,1997,,\n2771,46,404,Cadillac,Catera,1997,391,V6 3.0\n2772,46,404,Cadillac,Catera,1998,,\n"
                        + "15173,54,7,Ford,LTD,1972,,\n5404,54,8,Ford,Fairmont,1980,,\n5459,54,688,Ford,Mustang,1994,143,V8 5.0\n",
                "aces",
                Files.readString(SAMPLE));

        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        assertThat(
                        hub.texts(
                                "select part_number || ' ' || concat_ws('|', make, model, year_from, year_to, engine, position, notes) from fitment join part on id = part_id order by 1"))
                .containsExactly(
                        "3831 Cadillac|Catera|1997|1997|||EngineBlock 7",
                        "F1406 Dodge|Neon|1997|1997|||",
                        "H9281 Ford|Fairmont|1980|1980||Position 46|Aspiration 6",
                        "P135 Ford|Mustang|1994|1994|||SubModel 39; EngineBlock 20; Dual Exhaust; Exc. Calif.; Replaces both front & rear OE Converters",
                        "PR93160 Cadillac|Catera|1997|1997||Position 22|",
                        "PR93170 Cadillac|Catera|1998|1998||Position 30|",
                        "SS769 Cadillac|Catera|1997|1997|V6 3.0||EngineVIN 18; With A/C; 1st Design Starter # 90487546",
                        "SW1406 Ford|LTD|1972|1972|||Exc. Wagon",
                        "SW1417 Cadillac|Catera|1997|1998|||");
        assertThat(hub.texts("select line || ' ' || value || ' ' || reason from job_run_reject order by line"))
                .hasSize(5)
                .anyMatch(line -> line.contains("No hay una pieza ZZZX 29633"))
                .anyMatch(line -> line.contains("equipo o motor suelto"));
    }
}
