package dev.anteroom.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the house: what may use what. A rule that fails here names the class and the line. */
@AnalyzeClasses(packages = "dev.anteroom", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String GATEWAY = "dev.anteroom.gateway..";
    private static final String EGRESS = "dev.anteroom.egress..";
    private static final String ROUTING = "dev.anteroom.routing..";
    private static final String GUARDRAILS = "dev.anteroom.guardrails..";
    private static final String PHI = "dev.anteroom.phi..";
    private static final String MODELS = "dev.anteroom.models..";
    private static final String TRACES = "dev.anteroom.traces..";
    private static final String STORE = "dev.anteroom.store..";
    private static final String TELEMETRY = "dev.anteroom.telemetry..";
    private static final String[] HTTP = {"io.vertx..", "io.netty.."};

    @ArchTest
    static final ArchRule leaves_do_not_know_each_other_or_what_stands_above = noClasses()
            .that()
            .resideInAnyPackage(ROUTING, GUARDRAILS, PHI, TRACES, MODELS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(GATEWAY, EGRESS, STORE, TELEMETRY);

    @ArchTest
    static final ArchRule routing_is_a_leaf = noClasses()
            .that()
            .resideInAPackage(ROUTING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(GUARDRAILS, PHI, TRACES, MODELS);

    @ArchTest
    static final ArchRule guardrails_is_a_leaf = noClasses()
            .that()
            .resideInAPackage(GUARDRAILS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROUTING, PHI, TRACES, MODELS);

    @ArchTest
    static final ArchRule local_models_do_not_know_what_they_are_for = noClasses()
            .that()
            .resideInAPackage(MODELS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROUTING, GUARDRAILS, PHI, TRACES);

    @ArchTest
    static final ArchRule phi_redactor_knows_local_models_alone = noClasses()
            .that()
            .resideInAPackage(PHI)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROUTING, GUARDRAILS, TRACES);

    @ArchTest
    static final ArchRule traces_is_a_leaf = noClasses()
            .that()
            .resideInAPackage(TRACES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROUTING, GUARDRAILS, PHI, MODELS);

    @ArchTest
    static final ArchRule the_store_knows_records_alone = noClasses()
            .that()
            .resideInAPackage(STORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(GATEWAY, EGRESS, ROUTING, GUARDRAILS, PHI, TELEMETRY);

    @ArchTest
    static final ArchRule telemetry_knows_nothing_that_has_texts = noClasses()
            .that()
            .resideInAPackage(TELEMETRY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(GATEWAY, EGRESS, ROUTING, GUARDRAILS, PHI, TRACES, STORE, "io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule only_telemetry_measures_and_sends_spans = noClasses()
            .that()
            .resideOutsideOfPackage(TELEMETRY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.prometheus..", "io.opentelemetry..");

    @ArchTest
    static final ArchRule only_the_store_reaches_a_database = noClasses()
            .that()
            .resideOutsideOfPackage(STORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql..");

    @ArchTest
    static final ArchRule egress_knows_neither_routing_nor_checks_nor_the_gateway = noClasses()
            .that()
            .resideInAPackage(EGRESS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(GATEWAY, ROUTING, GUARDRAILS, STORE, TELEMETRY);

    @ArchTest
    static final ArchRule leaves_know_no_http = noClasses()
            .that()
            .resideInAnyPackage(ROUTING, GUARDRAILS, PHI, TRACES, MODELS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HTTP);

    @ArchTest
    static final ArchRule only_egress_can_reach_a_provider = noClasses()
            .that()
            .resideOutsideOfPackage(EGRESS)
            .and()
            .resideInAPackage("dev.anteroom..")
            .and()
            .resideOutsideOfPackages("dev.anteroom.load..", "dev.anteroom.bench..", "dev.anteroom.corpus..")
            // Sends security events, in a room that knows nothing with texts; see above.
            .and()
            .doNotHaveFullyQualifiedName("dev.anteroom.telemetry.SyslogSender")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.core.http.HttpClient")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.core.http.HttpClientAgent")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.core.http.WebSocketClient")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.core.net.NetClient")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.core.datagram.DatagramSocket")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.Socket")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.DatagramSocket")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.URLConnection")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.nio.channels.SocketChannel")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "io.netty..");

    @ArchTest
    static final ArchRule only_the_snapshot_makes_wire_constants = noClasses()
            .that()
            .resideOutsideOfPackages(EGRESS, "dev.anteroom.gateway.snapshot..")
            .should()
            .callMethod(dev.anteroom.egress.WireVocabulary.class, "of", java.util.Collection.class);

    @ArchTest
    static final ArchRule nothing_that_is_shipped_opens_a_journal_without_records = noClasses()
            .should()
            .callMethod(
                    dev.anteroom.traces.Journal.class, "openWithoutRecords", dev.anteroom.traces.JournalOptions.class);

    @ArchTest
    static final ArchRule the_redactor_uses_no_regular_expressions = noClasses()
            .that()
            .resideInAPackage(PHI)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.regex..");

    @ArchTest
    static final ArchRule no_mutable_statics = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.anteroom..")
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule gateway_packages_have_no_cycles =
            slices().matching("dev.anteroom.gateway.(*)..").should().beFreeOfCycles();
}
