package mx.refahub.domain;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

@AnalyzeClasses(packages = "mx.refahub", importOptions = HouseRules.OwnClassesOnly.class)
class HouseTest {
    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);
}
