package mx.refahub.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.proposal.ProposalDesk;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.wire.Heartbeat;
import mx.refahub.domain.wire.LeaseBody;
import mx.refahub.domain.wire.LeaseRow;
import mx.refahub.domain.wire.PartProposedBody;
import mx.refahub.domain.wire.PartRow;
import mx.refahub.domain.wire.PriceRow;
import mx.refahub.domain.wire.ProposalRow;
import mx.refahub.domain.wire.SettingsRow;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.domain.wire.StockRow;
import mx.refahub.domain.wire.StreamHeader;
import mx.refahub.domain.wire.StreamTrailer;
import mx.refahub.domain.wire.TransferRow;
import mx.refahub.domain.wire.UserRow;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.access.Tokens;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StreamsTest {
    /** Strict: a column that the wire record does not know, or lacks, fails here. */
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final TestShop shop = TestShop.open();
    private final String token = TestHub.bean(Tokens.class).forStore(shop.id, 1).value();

    @Test
    void the_catalogue_comes_whole_first_and_then_only_what_changed() throws Exception {
        long first = publish("catalogue");
        UUID kept = part(first, "ñ\"7974\\ €");
        UUID gone = part(first, "GONE");
        TestHub.sql()
                .sql("insert into part_relation (part_id, kind, related_id, grade, quantity, position, note) values"
                        + " (?, 'ALTERNATIVE', ?, 'ECONOMY', 1000, '', 'ñ')")
                .params(kept, gone)
                .update();
        Download<PartRow> whole = download("catalogue", 0, PartRow.class);
        long second = publish("catalogue");
        TestHub.sql()
                .sql("update part set removed_at = now(), catalogue_version = ? where id = ?")
                .params(second, gone)
                .update();
        Download<PartRow> news = download("catalogue", first, PartRow.class);
        Download<PartRow> wholeAgain = download("catalogue", 0, PartRow.class);

        assertThat(whole.header()).isEqualTo(new StreamHeader("catalogue", 0, first, true));
        PartRow row = whole.rows().stream()
                .filter(each -> each.id().equals(kept))
                .findFirst()
                .orElseThrow();
        assertThat(row.partNumber()).isEqualTo("ñ\"7974\\ €");
        assertThat(row.barcodes()).containsExactly(new PartRow.BarcodeRow("750" + kept, 1_000));
        assertThat(row.fitments())
                .containsExactly(
                        new PartRow.FitmentRow("VOLKSWAGEN", "JETTA", 2011, 2018, "2.5", "SEDÁN", "DELANTERA", ""));
        assertThat(row.interchanges()).containsExactly(new PartRow.InterchangeRow("OEM", "VW", "04465-33471"));
        assertThat(row.relations())
                .containsExactly(new PartRow.RelationRow("ALTERNATIVE", gone, "ECONOMY", 1_000, "", "ñ"));
        assertThat(row.removed()).isFalse();
        assertThat(news.header()).isEqualTo(new StreamHeader("catalogue", first, second, false));
        assertThat(news.rows()).singleElement().matches(each -> each.id().equals(gone) && each.removed());
        assertThat(wholeAgain.rows()).noneMatch(each -> each.id().equals(gone));
    }

    @Test
    void nothing_new_is_said_without_a_body_and_a_version_from_the_future_gets_everything() throws Exception {
        long now = publish("prices");
        UUID part = part(publish("catalogue"), "P-" + now);
        TestHub.sql()
                .sql("insert into part_price (part_id, amount, currency, includes_tax, prices_version) values (?,"
                        + " 48900, 'MXN', true, ?)")
                .params(part, now)
                .update();

        Machine.Answer same = Machine.get("/api/hubs/streams/prices?since=" + now, token);
        Download<PriceRow> ahead = download("prices", now + 1_000, PriceRow.class);

        assertThat(same.status()).isEqualTo(204);
        assertThat(same.bytes()).isEmpty();
        assertThat(ahead.header()).isEqualTo(new StreamHeader("prices", 0, now, true));
        assertThat(ahead.rows()).contains(new PriceRow(part, 48_900L, "MXN", true));
    }

    @Test
    void a_store_is_told_the_stock_of_all_branches() throws Exception {
        TestShop other = TestShop.open();
        UUID part = UUID.randomUUID();
        TestHub.bean(Intake.class).land(other.id, TestShop.frame(other.cashSale(part)));
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // to the end
        }

        Download<StockRow> stock = download("stock", 0, StockRow.class);

        assertThat(stock.rows()).anySatisfy(row -> {
            assertThat(row.part()).isEqualTo(part);
            assertThat(row.store()).isEqualTo(other.id.value());
            assertThat(row.onHand()).isEqualTo(-1_000);
            assertThat(row.asOf()).isAfter(Instant.parse("2026-11-21T00:00:00Z"));
        });
    }

    @Test
    void a_store_is_told_of_promises_from_and_to_it_and_what_is_promised_of_a_figure() throws Exception {
        UUID part = UUID.randomUUID();
        TestHub.bean(Intake.class).land(shop.id, TestShop.frame(shop.cashSale(part)));
        TestShop other = TestShop.open();
        UUID lease = UUID.randomUUID();
        // As PostgreSQL keeps it.
        Instant now = TestHub.CLOCK.instant().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
        LeaseBody asked = new LeaseBody(
                lease,
                shop.id.value(),
                "RESERVED",
                other.id.value(),
                shop.id.value(),
                part,
                2_000,
                UUID.randomUUID(),
                UUID.randomUUID(),
                "Taller",
                now,
                "Rita",
                now.plusSeconds(3_600),
                false,
                now,
                null,
                "",
                1_000,
                "",
                "");
        TestHub.bean(Intake.class)
                .land(shop.id, TestShop.frame(List.of(shop.write(lease.toString(), DocumentType.STOCK_LEASE, asked))));
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // to the end
        }

        assertThat(download("leases", 0, LeaseRow.class).rows()).singleElement().satisfies(row -> {
            assertThat(row.id()).isEqualTo(lease);
            assertThat(row.asker()).isEqualTo(other.id.value());
            assertThat(row.reserved()).isEqualTo(1_000);
            assertThat(row.sent()).isNull();
        });
        assertThat(download("stock", 0, StockRow.class).rows()).anySatisfy(row -> {
            assertThat(row.part()).isEqualTo(part);
            assertThat(row.promised()).isEqualTo(1_000);
            assertThat(row.promisedUntil()).isEqualTo(now.plusSeconds(3_600));
        });
        TestHub.sql()
                .sql("update stock_lease set expires_at = now() - interval '15 days' where id = ?")
                .param(lease)
                .update();
        assertThat(download("leases", 0, LeaseRow.class).rows())
                .as("lapsed for so long that no counter shows it any more")
                .isEmpty();
    }

    @Test
    void of_a_transfer_a_store_is_told_what_it_took_in_itself() throws Exception {
        TestShop other = TestShop.open();
        UUID part = UUID.randomUUID();
        String number = "S-T000001-7K3Q";
        UUID out = UUID.randomUUID();
        UUID in = UUID.randomUUID();
        TestHub.bean(Intake.class)
                .land(
                        other.id,
                        TestShop.frame(List.of(other.write(
                                number,
                                DocumentType.STOCK_TRANSFER_OUT,
                                moving(other, out, number, part, -3_000, shop.id.value())))));
        TestHub.bean(Intake.class)
                .land(
                        shop.id,
                        TestShop.frame(List.of(shop.write(
                                number, DocumentType.STOCK_TRANSFER_IN, moving(shop, in, number, part, 2_000, null)))));
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // to the end
        }

        assertThat(download("transfers", 0, TransferRow.class).rows())
                .singleElement()
                .satisfies(row -> {
                    TransferRow.LineRow line = row.lines().getFirst();
                    assertThat(line.arrived()).isEqualTo(2_000);
                    assertThat(line.mine()).isEqualTo(2_000);
                    assertThat(line.arrivedWith(2_500))
                            .as("half a piece more, not told yet")
                            .isEqualTo(2_500);
                });
    }

    private static StockBody moving(
            TestShop at, UUID id, String number, UUID part, long pieces, @org.jspecify.annotations.Nullable UUID to) {
        return new StockBody(
                id,
                at.id.value(),
                pieces < 0 ? "TRANSFER_OUT" : "TRANSFER_IN",
                number,
                TestHub.CLOCK.instant(),
                at.cashier(),
                "Rita",
                to,
                "",
                "",
                "",
                "",
                "MXN",
                "1",
                false,
                List.of(new StockBody.LineBody(
                        UUID.randomUUID(), part, "NGK", "X", "", "PZA", "", pieces, "", 0, 0, 0, 0, null, null, null)));
    }

    @Test
    void a_store_is_told_its_own_people_only() throws Exception {
        TestShop other = TestShop.open();

        Download<UserRow> people = download("users", 0, UserRow.class);

        assertThat(people.rows()).singleElement().satisfies(row -> {
            assertThat(row.id()).isEqualTo(shop.cashier());
            assertThat(row.user()).isEqualTo(shop.registered.cashierUser());
            assertThat(row.pinHash()).isNull();
            assertThat(row.codeHash()).matches("[0-9a-f]{64}");
            assertThat(row.codeExpiresAt()).isAfter(TestHub.CLOCK.instant());
        });
        assertThat(people.rows()).noneMatch(row -> row.id().equals(other.cashier()));
    }

    @Test
    void a_store_is_told_what_became_of_its_own_parts_only() throws Exception {
        TestShop other = TestShop.open();
        UUID own = UUID.randomUUID();
        for (TestShop each : List.of(shop, other)) {
            UUID id = each == shop ? own : UUID.randomUUID();
            TestHub.bean(Intake.class)
                    .land(
                            each.id,
                            TestShop.frame(each.write(
                                    id.toString(),
                                    DocumentType.PART_PROPOSED,
                                    new PartProposedBody(
                                            id,
                                            each.id.value(),
                                            "ZZZ",
                                            "QW-1",
                                            "",
                                            "Bomba",
                                            "",
                                            "PZA",
                                            null,
                                            100,
                                            true,
                                            "GENERAL",
                                            "01010101",
                                            "H87",
                                            Instant.parse("2026-11-21T18:00:00Z"),
                                            UUID.randomUUID(),
                                            "Marta"))));
            while (TestHub.bean(Ledgers.class).apply().more()) {
                // to the end
            }
            TestShop.done(TestHub.bean(ProposalDesk.class)
                    .refuse(id, "no es de aquí", new Person(new UserId(UUID.randomUUID()), "Ana", Role.ADMIN)));
        }

        Download<ProposalRow> answers = download("proposals", 0, ProposalRow.class);

        assertThat(answers.rows()).singleElement().satisfies(row -> {
            assertThat(row.id()).isEqualTo(own);
            assertThat(row.verdict()).isEqualTo("REFUSED");
            assertThat(row.part()).isNull();
            assertThat(row.reason()).isEqualTo("no es de aquí");
            assertThat(row.decidedAt()).isNotNull();
        });
    }

    @Test
    void the_settings_are_one_row_about_the_store_itself() throws Exception {
        Download<SettingsRow> settings = download("settings", 0, SettingsRow.class);

        assertThat(settings.rows()).singleElement().satisfies(row -> {
            assertThat(row.storeCode())
                    .isEqualTo(TestHub.sql()
                            .sql("select code from store where id = ?")
                            .param(shop.id.value())
                            .query(String.class)
                            .single());
            assertThat(row.issuerRfc()).isEqualTo("EKU9003173C9");
            assertThat(row.issuerName()).isEqualTo("ESCUELA KEMPER URGATE");
            assertThat(row.issuerRegime()).isEqualTo("601");
            assertThat(row.registers())
                    .singleElement()
                    .matches(register -> register.id().equals(shop.register().value()));
        });
    }

    @Test
    void a_large_stream_is_told_from_one_look_while_others_publish() throws Exception {
        long version = publish("prices");
        TestHub.sql().sql("""
            insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core,
                sat_code, sat_unit, tax_object, created_at, catalogue_version)
            select gen_random_uuid(), 'BIG', ? || n, '', '', 'x', '', '', 'PZA', 'GENERAL', 0, '', '', '02', now(), 0
            from generate_series(1, 20000) n
            """).param(shop.registered.slug() + "-").update();
        TestHub.sql().sql("""
            insert into part_price (part_id, amount, currency, includes_tax, prices_version)
            select id, 100, 'MXN', true, ? from part where line_code = 'BIG' and part_number like ?
            """).params(version, shop.registered.slug() + "-%").update();

        try {
            Download<PriceRow> prices = download("prices", version - 1, PriceRow.class);

            // Other tests of this hub have prices too.
            assertThat(prices.rows())
                    .filteredOn(row -> Long.valueOf(100).equals(row.amount()))
                    .hasSize(20_000);
            assertThat(prices.trailer().rows()).isEqualTo(prices.rows().size());
        } finally {
            // Other tests tell every part that is here.
            TestHub.sql().sql("""
                delete from part_price r
                using part p
                where p.id = r.part_id
                and p.line_code = 'BIG'
                and p.part_number like ?
                """).param(shop.registered.slug() + "-%").update();
            TestHub.sql()
                    .sql("delete from part where line_code = 'BIG' and part_number like ?")
                    .param(shop.registered.slug() + "-%")
                    .update();
        }
    }

    @Test
    void streams_are_for_stores_and_only_those_that_exist() {
        String person = TestHub.bean(Tokens.class).forActivation("ab12").value();

        assertThat(Machine.get("/api/hubs/streams/catalogue?since=0", "").status())
                .isEqualTo(401);
        assertThat(Machine.get("/api/hubs/streams/catalogue?since=0", person).status())
                .isEqualTo(403);
        assertThat(Machine.get("/api/hubs/streams/index?since=0", token).status())
                .isEqualTo(404);
        assertThat(Machine.get("/api/hubs/streams/nothing?since=0", token).code())
                .isEqualTo("not-found");
        assertThat(Machine.get("/api/hubs/streams/prices?since=x", token).status())
                .isEqualTo(400);
        assertThat(Machine.get("/api/hubs/index", token).status()).isEqualTo(204);
        assertThat(Machine.get("/api/hubs/index/1/files/..%2Fsecret", token).status())
                .isIn(400, 404);
        assertThat(Machine.get("/api/hubs/index/1/files/_0.cfs", token).status())
                .isEqualTo(404);
    }

    @Test
    void a_heartbeat_is_noted_and_answered_with_where_everything_stands() {
        TestHub.bean(Intake.class).land(shop.id, TestShop.frame(shop.cashSales(2)));
        Heartbeat heartbeat = new Heartbeat(
                Heartbeat.TYPE,
                TestHub.CLOCK.instant().minusSeconds(5),
                "0.1.0",
                1,
                7,
                5,
                2,
                Map.of("catalogue", 3L, "invented", 1L),
                10_000_000_000L,
                "SIMULATED",
                null,
                null,
                null);

        JsonNode answer = Machine.post("/api/hubs/heartbeat/", token, heartbeat).json();

        assertThat(answer.path("landed").asLong()).isEqualTo(2);
        assertThat(answer.path("hubEpoch").asLong()).isEqualTo(shop.registered.hubEpoch());
        assertThat(answer.path("streams").has("prices")).isTrue();
        assertThat(Instant.parse(answer.path("hubTime").asString()))
                .isBetween(TestHub.CLOCK.instant().minusSeconds(60), TestHub.CLOCK.instant());
        assertThat(Machine.post("/api/hubs/heartbeat/", token, heartbeat).status())
                .isEqualTo(200);
        assertThat(Machine.post("/api/hubs/heartbeat/", "", heartbeat).status()).isEqualTo(401);
    }

    record Download<T>(StreamHeader header, List<T> rows, StreamTrailer trailer) {}

    private <T> Download<T> download(String stream, long since, Class<T> type) throws Exception {
        Machine.Answer answer = Machine.get("/api/hubs/streams/" + stream + "?since=" + since, token);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        List<String> lines = Arrays.asList(lines(answer));
        List<String> rows = lines.subList(1, lines.size() - 1);
        StreamTrailer trailer = STRICT.readValue(lines.getLast(), StreamTrailer.class);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        rows.forEach(row -> digest.update((row + "\n").getBytes(StandardCharsets.UTF_8)));
        assertThat(trailer)
                .isEqualTo(new StreamTrailer(rows.size(), HexFormat.of().formatHex(digest.digest())));
        return new Download<>(
                STRICT.readValue(lines.getFirst(), StreamHeader.class),
                rows.stream().map(row -> STRICT.readValue(row, type)).toList(),
                trailer);
    }

    private static String[] lines(Machine.Answer answer) throws IOException {
        String text = answer.unzipped();
        assertThat(text).endsWith("\n");
        return text.split("\n");
    }

    private static long publish(String stream) {
        return TestHub.sql()
                .sql("update stream_version set version = version + 1 where stream = ? returning version")
                .param(stream)
                .query(Long.class)
                .single();
    }

    private static UUID part(long version, String number) {
        UUID id = UUID.randomUUID();
        TestHub.sql()
                .sql("""
                    insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core,
                        sat_code, sat_unit, tax_object, created_at, catalogue_version)
                    values (?, ?, ?, 'X', 'FRI', 'Balata', 'Pad', 'FRENOS', 'JGO', 'GENERAL', 0, '25172504', 'H87', '02', now(), ?)
                    """)
                .params(id, "T" + id.toString().substring(0, 6), number, version)
                .update();
        TestHub.sql()
                .sql("insert into part_barcode (part_id, barcode, pack) values (?, ?, 1000)")
                .params(id, "750" + id)
                .update();
        TestHub.sql()
                .sql("insert into part_interchange (part_id, kind, other_brand, other_number) values (?, 'OEM',"
                        + " 'VW', '04465-33471')")
                .param(id)
                .update();
        TestHub.sql()
                .sql("insert into fitment (part_id, make, model, year_from, year_to, engine, body, position, notes)"
                        + " values (?, 'VOLKSWAGEN', 'JETTA', 2011, 2018, '2.5', 'SEDÁN', 'DELANTERA', '')")
                .param(id)
                .update();
        return id;
    }
}
