package mx.refahub.hub.access;

import static mx.refahub.hub.TestShop.done;
import static mx.refahub.hub.TestShop.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.UUID;
import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.hub.Staff;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.stream.StreamVersions;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.Test;

class StaffTest {
    private final Staff staff = TestHub.bean(Staff.class);
    private final ConsoleAccess access = TestHub.bean(ConsoleAccess.class);
    private final StoreId store = TestShop.open().id;
    private final Person boss = new Person(new UserId(UUID.randomUUID()), "Ana", Role.ADMIN);

    private static String unique(String name) {
        return name + UUID.randomUUID().toString().substring(0, 8);
    }

    private Staff.Hiring manager(String user) {
        return new Staff.Hiring(user, "Rita Solís", Role.MANAGER, store, new BigDecimal("12.5"));
    }

    private static long usersVersion() {
        return TestHub.bean(StreamVersions.class).current().get(Stream.USERS);
    }

    @Test
    void a_manager_is_hired_for_a_store_with_a_code_and_an_own_limit() {
        long before = usersVersion();
        Staff.Hired hired = done(staff.hire(manager(unique("Rita.")), boss));

        assertThat(hired.member().role()).isEqualTo(Role.MANAGER);
        assertThat(hired.member().store()).isEqualTo(store);
        assertThat(hired.member().discountLimit()).isEqualByComparingTo("12.5");
        assertThat(hired.member().ready()).isFalse();
        assertThat(hired.code().code()).isNotBlank();
        assertThat(usersVersion()).isGreaterThan(before);
        assertThat(staff.all()).contains(hired.member());
        assertThat(refused(staff.hire(manager(hired.member().user()), boss))).isEqualTo("user-exists");
    }

    @Test
    void an_accountant_comes_in_by_e_mail_and_chooses_a_password() {
        String email = unique("conta") + "@refa.example";
        Staff.Hired hired = done(staff.hire(new Staff.Hiring(email, "Rosa", Role.ACCOUNTANT, null, null), boss));
        Person rosa = done(access.redeem(email, hired.code().code(), "Balata-Jetta-2015"));
        assertThat(rosa.role()).isEqualTo(Role.ACCOUNTANT);

        done(staff.remove(rosa.id(), boss));
        assertThat(refused(access.signIn(email, "Balata-Jetta-2015"))).isEqualTo("sign-in-failed");
        done(staff.bringBack(rosa.id(), boss));
        assertThat(done(access.signIn(email, "Balata-Jetta-2015")).id()).isEqualTo(rosa.id());
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThat(refused(staff.hire(new Staff.Hiring("x y", "Eva", Role.CASHIER, store, null), boss)))
                .isEqualTo("user-name-invalid");
        assertThat(refused(staff.hire(new Staff.Hiring(unique("eva"), " ", Role.CASHIER, store, null), boss)))
                .isEqualTo("name-missing");
        assertThat(refused(staff.hire(new Staff.Hiring(unique("eva"), "Eva\u0007", Role.CASHIER, store, null), boss)))
                .isEqualTo("name-missing");
        assertThat(refused(staff.hire(new Staff.Hiring(unique("eva"), "Eva", Role.CASHIER, null, null), boss)))
                .isEqualTo("role-needs-store");
        assertThat(refused(staff.hire(
                        new Staff.Hiring(unique("eva") + "@refa.example", "Eva", Role.ADMIN, store, null), boss)))
                .isEqualTo("role-without-store");
        assertThat(refused(staff.hire(new Staff.Hiring("eva", "Eva", Role.ADMIN, null, null), boss)))
                .isEqualTo("email-invalid");
        assertThat(refused(staff.hire(
                        new Staff.Hiring(unique("eva"), "Eva", Role.CASHIER, store, new BigDecimal("100.01")), boss)))
                .isEqualTo("limit-invalid");
        assertThat(refused(staff.hire(
                        new Staff.Hiring(unique("eva"), "Eva", Role.CASHIER, new StoreId(UUID.randomUUID()), null),
                        boss)))
                .isEqualTo("store-unknown");
        assertThat(refused(staff.remove(new UserId(UUID.randomUUID()), boss))).isEqualTo("user-unknown");
        assertThat(refused(staff.remove(boss.id(), boss))).isEqualTo("own-account");
    }

    @Test
    void a_job_changes_but_not_from_the_till_to_the_console() {
        Staff.Member rita = done(staff.hire(manager(unique("rita")), boss)).member();
        Staff.Member cashier =
                done(staff.change(rita.id(), new Staff.Change("Rita S.", Role.CASHIER, BigDecimal.TEN), boss));
        assertThat(cashier.role()).isEqualTo(Role.CASHIER);
        assertThat(cashier.name()).isEqualTo("Rita S.");
        assertThat(refused(staff.change(rita.id(), new Staff.Change("Rita", Role.ADMIN, null), boss)))
                .isEqualTo("role-other-kind");
    }

    @Test
    void the_last_administrator_stays() {
        String email = unique("jefa") + "@refa.example";
        Staff.Hired hired = done(staff.hire(new Staff.Hiring(email, "Jefa", Role.ADMIN, null, null), boss));
        done(access.redeem(email, hired.code().code(), "Balata-Jetta-2015"));
        TestHub.sql()
                .sql("update person set removed_at = now() where role = 'ADMIN' and id <> ?")
                .param(hired.member().id().value())
                .update();
        assertThat(refused(staff.remove(hired.member().id(), boss))).isEqualTo("last-administrator");
        assertThat(refused(staff.change(hired.member().id(), new Staff.Change("Jefa", Role.ACCOUNTANT, null), boss)))
                .isEqualTo("last-administrator");
    }
}
