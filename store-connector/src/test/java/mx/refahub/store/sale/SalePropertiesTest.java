package mx.refahub.store.sale;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.C2;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.store.TestStore;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever happens at the tills, in whatever order. */
class SalePropertiesTest {
    enum Act {
        ADD,
        ADD_TWICE,
        REMOVE,
        PAY,
        PAY_TWICE,
        PAY_TOO_LITTLE,
        PAY_AND_DIE,
        RESTART
    }

    @Property(tries = 12)
    void folios_are_gapless_the_chain_holds_and_stock_is_what_was_sold(
            @ForAll @Size(min = 5, max = 40) List<Act> acts, @ForAll long seed) throws IOException {
        Path folder = Files.createTempDirectory("sales");
        TestStore store = TestStore.open(folder);
        try {
            PartId plug = store.part("BKR6E-11", 8_900);
            store.openCashSession(C1);
            store.openCashSession(C2);
            java.util.Random random = new java.util.Random(seed);
            long sold = 0;
            Map<RegisterId, Long> folios = new HashMap<>();
            for (Act act : acts) {
                RegisterId register = random.nextBoolean() ? C1 : C2;
                if (act == Act.RESTART) {
                    store = store.restarted();
                    continue;
                }
                Ticket ticket = done(store.till.inHand(register, MARTA));
                UUID id = ticket.id();
                Money total = ticket.totals().total();
                switch (act) {
                    case ADD, ADD_TWICE -> {
                        UUID key = store.ids.next();
                        for (int i = 0; i < (act == Act.ADD ? 1 : 2); i++)
                            done(store.till.add(id, key, plug, Quantity.ONE, MARTA));
                    }
                    case REMOVE -> {
                        if (!ticket.lines().isEmpty())
                            done(store.till.remove(id, ticket.lines().getFirst().id(), MARTA));
                    }
                    case PAY, PAY_TWICE -> {
                        if (ticket.lines().isEmpty()) continue;
                        sold += ticket.lines().getFirst().quantity().thousandths();
                        for (int i = 0; i < (act == Act.PAY ? 1 : 2); i++)
                            done(store.till.pay(id, total, cash(total.minor()), MARTA));
                        folios.merge(register, 1L, Long::sum);
                    }
                    case PAY_TOO_LITTLE -> {
                        if (!ticket.lines().isEmpty())
                            assertThat(TestStore.refusal(store.till.pay(id, total, cash(1), MARTA)))
                                    .isEqualTo("payment-short");
                    }
                    case PAY_AND_DIE -> {
                        if (!ticket.lines().isEmpty()) payAndDie(store, id, total);
                    }
                    case RESTART -> throw new IllegalStateException("done above");
                }
            }
            check(store, plug, sold, folios);
        } finally {
            store.close();
            delete(folder);
        }
    }

    private static void payAndDie(TestStore store, UUID ticket, Money total) {
        store.sales.change(session -> session.update(
                "create trigger broken before insert on print_job begin select raise(abort, 'power cut'); end"));
        try {
            store.till.pay(ticket, total, cash(total.minor()), MARTA);
            throw new AssertionError("the sale went through");
        } catch (mx.refahub.domain.Failure e) {
            assertThat(e).hasMessageContaining("power cut");
        } finally {
            store.sales.change(session -> session.update("drop trigger broken"));
        }
    }

    private static void check(TestStore store, PartId plug, long sold, Map<RegisterId, Long> folios) {
        for (RegisterId register : List.of(C1, C2)) {
            List<Long> numbers = new ArrayList<>();
            store.till
                    .latest(register, 500)
                    .forEach(sale -> numbers.addFirst(sale.folio().number()));
            List<Long> expected = new ArrayList<>();
            for (long n = 1; n <= folios.getOrDefault(register, 0L); n++) expected.add(n);
            assertThat(numbers).isEqualTo(expected);
        }
        assertThat(store.catalogue.card(plug).orElseThrow().stock()).isEqualTo(new Quantity(-sold));
        Sha256 previous = Sha256.NONE;
        long sequence = 0;
        for (Document document : store.outbox.after(0, 1_000, Integer.MAX_VALUE)) {
            assertThat(document.sequence()).isEqualTo(++sequence);
            assertThat(document.envelope().previousHash()).isEqualTo(previous);
            assertThat(document.isAuthentic(TestStore.KEYS.getPublic())).isTrue();
            previous = document.hash();
        }
        assertThat(sequence)
                .isEqualTo(
                        2 + folios.values().stream().mapToLong(Long::longValue).sum());
        assertThat(store.count("print_job")).isEqualTo(sequence - 2);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
