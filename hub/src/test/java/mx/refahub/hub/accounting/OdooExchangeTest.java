package mx.refahub.hub.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.adapters.odoo.OdooGateway;
import mx.refahub.adapters.odoo.OdooSimulator;
import mx.refahub.adapters.odoo.OdooSimulator.Effect;
import mx.refahub.adapters.odoo.OdooSimulator.Trouble;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.erp.ExportBooks.Export;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.erp.Posting;
import mx.refahub.domain.outside.ConnectionDesk;
import mx.refahub.domain.outside.Connections;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the ledger in PostgreSQL to posted moves, over a connection as an administrator makes it. */
class OdooExchangeTest {
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana Admin", Role.ADMIN);
    private static final LocalDate LATEST = LocalDate.of(2030, 12, 31);

    private final ExportBooks books = TestHub.bean(ExportBooks.class);
    private final ConnectionDesk desk = TestHub.bean(ConnectionDesk.class);
    private final Tickets branch = new Tickets();
    private final OdooSimulator odoo = new OdooSimulator();
    private OdooGateway gateway = new OdooGateway(TestHub.bean(Connections.class));
    private UUID connection = new UUID(0, 0);

    @BeforeEach
    void connect() throws IOException {
        URI address = odoo.start(0);
        ConnectionDesk.Shown made = TestShop.done(desk.add(
                new ConnectionDesk.Draft(
                        "odoo",
                        "Odoo de prueba",
                        address.toString(),
                        true,
                        true,
                        Map.of("database", OdooSimulator.DATABASE, "login", OdooSimulator.LOGIN),
                        Map.of("key", OdooSimulator.KEY)),
                ANA));
        connection = made.id();
    }

    @AfterEach
    void close() {
        gateway.close();
        odoo.close();
        TestHub.sql()
                .sql("delete from outside_connection where id = ?")
                .param(connection)
                .update();
    }

    private List<Posting> taken() {
        Tickets.mapEverything(ErpTarget.ODOO);
        Export export = books.take(Tickets.run(), ErpTarget.ODOO, LATEST, "Elena");
        List<Posting> all = new ArrayList<>();
        books.entries(export.id(), entry -> all.add(new Posting.Entry(entry)));
        return all;
    }

    private static Set<String> accounts(List<Posting> postings) {
        return postings.stream()
                .flatMap(each -> ((Posting.Entry) each).entry().lines().stream())
                .map(JournalEntry.Line::account)
                .collect(Collectors.toSet());
    }

    private List<Delivery> send(List<Posting> postings) {
        List<Delivery> all = new ArrayList<>();
        for (int i = 0; i < postings.size(); i += gateway.batch())
            all.addAll(gateway.deliver(postings.subList(i, Math.min(postings.size(), i + gateway.batch()))));
        return all;
    }

    /** The process ends and another one begins: nothing is remembered but what stands in PostgreSQL. */
    private void die() {
        gateway.close();
        gateway = new OdooGateway(TestHub.bean(Connections.class));
    }

    private List<String> posted() {
        return odoo.log().stream()
                .filter(each -> each.method().equals("post"))
                .map(Effect::reference)
                .toList();
    }

    @Test
    void the_connection_works_and_says_so() {
        ConnectionDesk.Shown shown = TestShop.done(desk.probe(connection, ANA));

        assertThat(shown.tried()).isNotNull();
        assertThat(shown.tried().says()).isEqualTo("Odoo 19 · Refaccionaria Simulada SA de CV · MXN");
        assertThat(shown.settings()).doesNotContainKey("key");
        assertThat(gateway.isConnected()).isTrue();
    }

    @Test
    void each_entry_of_the_ledger_is_one_posted_and_balanced_move_whatever_befalls_its_way() {
        branch.sold("2026-05-04");
        branch.soldMixed("2026-05-04");
        branch.soldOneOff("2026-05-05");
        branch.broughtBack("2026-05-06", branch.sold("2026-05-04"));
        List<Posting> first = taken();
        assertThat(gateway.lacks(new ErpGateway.Wanted(accounts(first), Set.of(), List.of())))
                .extracting(Refusal::code)
                .containsOnly("erp-account-unknown")
                .hasSize(accounts(first).size());
        accounts(first).forEach(each -> odoo.account(each, "Cuenta " + each));
        assertThat(gateway.lacks(new ErpGateway.Wanted(accounts(first), Set.of(), List.of())))
                .isEmpty();

        // Before the call, after it and before it is known, and while it is posted.
        odoo.misbehave(Trouble.BROKEN, "account.move", "create", 1);
        assertThat(send(first))
                .allMatch(each -> each instanceof Delivery.Unreachable || each instanceof Delivery.Delivered);
        die();
        odoo.misbehave(Trouble.NO_ANSWER, "account.move", "create", 1);
        send(first);
        die();
        odoo.misbehave(Trouble.HALF_AN_ANSWER, "account.move", "action_post", 1);
        send(first);
        die();
        List<Delivery> delivered = send(first);

        assertThat(delivered).allMatch(each -> each instanceof Delivery.Delivered);
        assertThat(posted())
                .containsExactlyInAnyOrderElementsOf(references(first))
                .doesNotHaveDuplicates();
        assertThat(odoo.rows("account.move"))
                .hasSize(first.size())
                .allSatisfy(each -> assertThat(each).containsEntry("state", "posted"));
        Map<Object, BigDecimal> balances = new HashMap<>();
        for (Map<String, Object> line : odoo.rows("account.move.line"))
            balances.merge(
                    line.get("move_id"),
                    ((BigDecimal) line.get("debit")).subtract((BigDecimal) line.get("credit")),
                    BigDecimal::add);
        assertThat(balances).hasSize(first.size());
        assertThat(balances.values()).allMatch(each -> each.signum() == 0);

        branch.sold("2026-05-04");
        List<Posting> second = taken();
        assertThat(second).hasSize(1);
        assertThat(((Posting.Entry) second.getFirst()).entry().isCorrection()).isTrue();
        assertThat(send(second)).allMatch(each -> each instanceof Delivery.Delivered);
        die();
        assertThat(send(first))
                .allSatisfy(
                        each -> assertThat(((Delivery.Delivered) each).found()).isTrue());
        assertThat(posted()).hasSize(first.size() + 1).doesNotHaveDuplicates();
        assertThat(taken()).isEmpty();
    }

    private static List<String> references(List<Posting> postings) {
        return postings.stream().map(Posting::reference).toList();
    }
}
