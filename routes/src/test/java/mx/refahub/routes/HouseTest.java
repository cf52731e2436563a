package mx.refahub.routes;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import mx.refahub.domain.HouseRules;

@AnalyzeClasses(packages = "mx.refahub", importOptions = HouseRules.OwnClassesOnly.class)
class HouseTest {
    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);
}
