package io.muster.distribution;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.muster.cluster.MusterHome;
import io.muster.provider.Offer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Who may import what: the table of ARCHITECTURE.md. */
final class ArchitectureTest {
    private static final String[] RUNTIME = {
        "mpi..",
        "mpjbuf..",
        "io.muster.mpi..",
        "io.muster.wireup..",
        "io.muster.launch..",
        "io.muster.host..",
        "io.muster.proof..",
        "io.muster.bench..",
        "io.muster.mpirun..",
        "io.muster.wire..",
        "io.muster.agent..",
        "io.muster.supervisor.."
    };
    private static final String[] MANAGER = {
        "io.muster.spec..",
        "io.muster.plan..",
        "io.muster.provider..",
        "io.muster.state..",
        "io.muster.cluster..",
        "io.muster.job..",
        "io.muster.api..",
        "io.muster.embedded..",
        "io.muster.cli.."
    };

    private static final String[] BEHIND_THE_API = {
        "io.muster.cluster..",
        "io.muster.job..",
        "io.muster.provider..",
        "io.muster.bootstrap..",
        "io.muster.agent..",
        "io.muster.wire.."
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.muster", "mpi", "mpjbuf");

    @TestFactory
    Stream<DynamicTest> outside_libraries_stop_at_one_package() {
        return Stream.of(
                        library("net.schmizz..", "io.muster.bootstrap.ssh.."),
                        library("com.hierynomus..", "io.muster.bootstrap.ssh.."),
                        library("org.bouncycastle..", "io.muster.bootstrap.keys.."),
                        library("org.apache.sshd..", "io.muster.provider.local.."),
                        library("com.github.dockerjava..", "io.muster.provider.docker.."),
                        library("org.apache.commons..", "io.muster.provider.docker.."),
                        library("org.jclouds..", "io.muster.provider.cloud.."),
                        library("org.jclouds.azurecompute..", "io.muster.provider.cloud.azure.."),
                        library(
                                "org.jclouds.oauth..",
                                "io.muster.provider.cloud.azure..",
                                "io.muster.provider.cloud.google..",
                                "io.muster.provider.cloud.rest.."),
                        library("okhttp3..", "io.muster.provider.cloud.rest.."),
                        library("com.google..", "io.muster.provider.cloud.."),
                        library("jakarta..", "io.muster.provider.cloud.."),
                        library("org.jdbi..", "io.muster.state.."),
                        library("org.sqlite..", "io.muster.state.."),
                        library("org.flywaydb..", "io.muster.state.."),
                        library("java.sql..", "io.muster.state.."),
                        library("picocli..", "io.muster.cli.."),
                        noClasses()
                                .that()
                                .resideOutsideOfPackages(
                                        "io.muster.spec..", "io.muster.cli..", "io.muster.provider.cloud..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("tools.jackson.."))
                .map(ArchitectureTest::test);
    }

    @TestFactory
    Stream<DynamicTest> dependencies_point_one_way() {
        return Stream.of(
                        noClasses()
                                .that()
                                .resideInAnyPackage(RUNTIME)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("io.muster.bootstrap.."),
                        noClasses()
                                .that()
                                .resideInAnyPackage(RUNTIME)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(MANAGER),
                        noClasses()
                                .that()
                                .resideInAPackage("io.muster.bootstrap..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(MANAGER),
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("io.muster.cli..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("io.muster.cli.."),
                        noClasses()
                                .that()
                                .resideInAPackage("io.muster.cli..")
                                .should()
                                .dependOnClassesThat(
                                        resideInAnyPackage(BEHIND_THE_API).and(not(type(MusterHome.class))))
                                .because("the command line reaches the core through io.muster.api and its"
                                        + " implementation in io.muster.embedded, which takes the home"),
                        noClasses()
                                .that()
                                .resideInAnyPackage("io.muster.spec..", "io.muster.plan..", "io.muster.state..")
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(
                                                "io.muster.cluster..", "io.muster.job..", "io.muster.provider..")
                                        .and(not(type(Offer.class))))
                                .because("a plan chooses among the offers of a provider and knows nothing else of it"),
                        noClasses()
                                .that()
                                .resideInAPackage("io.muster.examples..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("io.muster.mpi.."),
                        noClasses()
                                .that()
                                .resideInAnyPackage("mpi..", "mpjbuf..", "io.muster.mpi..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("io.muster.agent..", "io.muster.supervisor..", "io.muster.wire.."))
                .map(ArchitectureTest::test);
    }

    @TestFactory
    Stream<DynamicTest> the_runtime_needs_nothing_but_java() {
        return Stream.of(noClasses()
                        .that()
                        .resideInAnyPackage(RUNTIME)
                        .should()
                        .dependOnClassesThat()
                        .resideOutsideOfPackages(
                                "java..", "javax..", "org.jspecify..", "mpi..", "mpjbuf..", "io.muster.."))
                .map(ArchitectureTest::test);
    }

    @TestFactory
    Stream<DynamicTest> packages_form_no_cycle() {
        return Stream.of(
                        slices().matching("io.muster.mpi.(*)..").should().beFreeOfCycles(),
                        slices().matching("io.muster.(*)..").should().beFreeOfCycles())
                .map(ArchitectureTest::test);
    }

    private static ArchRule library(String library, String... owners) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(owners)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static DynamicTest test(ArchRule rule) {
        return DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CLASSES));
    }
}
