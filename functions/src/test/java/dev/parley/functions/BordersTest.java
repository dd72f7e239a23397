package dev.parley.functions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

/** The borders between the modules, and the few rules that every class keeps. */
class BordersTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.parley");

    @Test
    void theChatSystemKnowsNothingOfItsHosts() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.parley.functions..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.amazonaws.services.lambda..",
                        "software.amazon.awscdk..",
                        "software.constructs..",
                        "com.sun.net.httpserver..",
                        "dev.parley.functions..",
                        "dev.parley.local..")
                .check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.netty.bootstrap.ServerBootstrap")
                .check(CLASSES);
    }

    @Test
    void functionsSpeakNeitherSqlNorRedis() {
        noClasses()
                .that()
                .resideInAPackage("dev.parley.functions..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "org.postgresql..", "io.lettuce..")
                .check(CLASSES);
    }

    @Test
    void theCatalogIsPlainData() {
        classes()
                .that()
                .resideInAPackage("dev.parley.catalog..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.parley.catalog..", "dev.parley.ratelimit..")
                .check(CLASSES);
    }

    @Test
    void onlySettingsReadTheEnvironment() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.parley.settings.Settings")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(CLASSES);
    }

    @Test
    void timeComesFromAClock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void everyFunctionIsFinalAndNamedSo() {
        classes()
                .that()
                .areAssignableTo(ParleyFunction.class)
                .and()
                .doNotHaveModifier(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT)
                .should()
                .haveSimpleNameEndingWith("Function")
                .andShould()
                .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                .check(CLASSES);
    }
}
