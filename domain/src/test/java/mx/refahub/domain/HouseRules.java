package mx.refahub.domain;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;

/** The house rules of docs/architecture.md that a compiler cannot see. Each module runs them over its own classes. */
public final class HouseRules {
    private HouseRules() {}

    /** The classes that the module at hand is made of: not its tests, and not what the modules below it have been asked already. */
    public static final class OwnClassesOnly implements ImportOption {
        private final String own = Path.of("target", "classes").toUri().getPath();

        @Override
        public boolean includes(Location location) {
            return location.contains("file:" + own);
        }
    }

    /** Rules may be empty in a module, all of them together not. */
    @ArchTest
    static void there_is_something_to_look_at(JavaClasses classes) {
        assertThat(classes).isNotEmpty();
    }

    @ArchTest
    static final ArchRule domain_sees_the_jdk_only = noClasses()
            .that()
            .resideInAPackage("mx.refahub.domain..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("mx.refahub.domain..", "java..", "javax.net.ssl..", "org.jspecify..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule search_sees_domain_only = seesOf("search", "domain");

    @ArchTest
    static final ArchRule adapters_see_domain_only = seesOf("adapters", "domain");

    @ArchTest
    static final ArchRule batch_sees_domain_only = seesOf("batch", "domain");

    @ArchTest
    static final ArchRule routes_see_domain_only = seesOf("routes", "domain");

    @ArchTest
    static final ArchRule pos_sees_domain_only = seesOf("pos", "domain");

    @ArchTest
    static final ArchRule hub_never_sees_a_store =
            seesOf("hub", "domain", "search", "adapters", "batch", "routes", "pos");

    @ArchTest
    static final ArchRule store_never_sees_the_hub = seesOf("store", "domain", "search", "routes", "pos");

    @ArchTest
    static final ArchRule exchanges_stay_in_routes = noClasses()
            .that()
            .resideOutsideOfPackage("mx.refahub.routes..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.apache.camel.Exchange")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothing_is_injected_into_fields = noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule settings_are_records_not_values = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.springframework.beans.factory.annotation.Value")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule names_say_what_a_thing_is = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Dto")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packages_are_named_after_the_business = noClasses()
            .should()
            .resideInAnyPackage(
                    "..service..",
                    "..impl..",
                    "..dto..",
                    "..util..",
                    "..utils..",
                    "..common..",
                    "..manager..",
                    "..helper..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule no_java_serialization = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("jakarta.jms.ObjectMessage")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("mx.refahub.(*).(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    private static ArchRule seesOf(String module, String... rooms) {
        String[] allowed = new String[rooms.length + 1];
        allowed[0] = "mx.refahub." + module + "..";
        for (int i = 0; i < rooms.length; i++) allowed[i + 1] = "mx.refahub." + rooms[i] + "..";
        return classes()
                .that()
                .resideInAPackage("mx.refahub." + module + "..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(allowed).or(JavaClass.Predicates.resideOutsideOfPackage("mx.refahub..")))
                .allowEmptyShould(true);
    }
}
