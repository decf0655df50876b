package dev.anteroom.gateway.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.anteroom.phi.PhiCategory;
import dev.anteroom.traces.RetentionPolicy;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one way to write a configuration down: JSON on one line, every key present and in a fixed order, defaults filled in. Stateless.
 *
 * <p>Two files that decide the same have the same text. Secrets appear as references. What only tells of calls that are decided (store,
 * prices, telemetry, the witness of the log) is left out.
 */
final class CanonicalText {
    private final JsonGenerator json;

    private CanonicalText(JsonGenerator json) {
        this.json = json;
    }

    static String of(Config config) {
        StringWriter out = new StringWriter(2048);
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            new CanonicalText(json).write(config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private void write(Config config) throws IOException {
        json.writeStartObject();
        json.writeNumberField("version", 1);
        json.writeObjectFieldStart("gateway");
        json.writeStringField("id", config.gateway().id());
        text("environmentNote", config.gateway().environmentNote());
        json.writeEndObject();
        listener(config.listener());
        json.writeObjectFieldStart("admin");
        json.writeStringField("host", config.admin().host());
        json.writeNumberField("port", config.admin().port());
        json.writeEndObject();
        limits(config.limits());
        json.writeObjectFieldStart("journal");
        json.writeNumberField("segmentBytes", config.journal().segmentBytes());
        json.writeNumberField("alarmFreeBytes", config.journal().alarmFreeBytes());
        json.writeNumberField("reserveBytes", config.journal().reserveBytes());
        json.writeBooleanField("originals", config.journal().originals());
        retention(config.journal().keeping().retention());
        json.writeEndObject();
        json.writeArrayFieldStart("contracts");
        for (ContractConfig contract : config.contracts()) {
            contract(contract);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("targets");
        for (TargetConfig target : config.targets()) {
            target(target);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("routes");
        for (RouteConfig route : config.routes()) {
            json.writeStartObject();
            json.writeStringField("id", route.id());
            texts("models", route.models());
            texts("targets", route.targets());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("retry");
        json.writeNumberField("maxAttempts", config.retry().maxAttempts());
        json.writeEndObject();
        json.writeArrayFieldStart("workflows");
        for (WorkflowConfig workflow : config.workflows()) {
            workflow(workflow);
        }
        json.writeEndArray();
        site(config.site());
        classifier(config.classifier());
        json.writeBooleanField("demo", config.demo());
        json.writeEndObject();
    }

    private void listener(ListenerConfig listener) throws IOException {
        json.writeObjectFieldStart("listener");
        json.writeStringField("host", listener.host());
        json.writeNumberField("port", listener.port());
        TlsConfig tls = listener.tls();
        if (tls == null) {
            json.writeNullField("tls");
        } else {
            json.writeObjectFieldStart("tls");
            text("certificate", tls.certificate());
            text("key", tls.key());
            text("clientCa", tls.clientCa());
            json.writeEndObject();
        }
        text("tlsTerminator", listener.tlsTerminator());
        json.writeEndObject();
    }

    private void retention(RetentionPolicy retention) throws IOException {
        json.writeObjectFieldStart("retention");
        json.writeNumberField("bodiesMillis", retention.bodies().toMillis());
        json.writeNumberField("decisionsMillis", retention.decisions().toMillis());
        json.writeNumberField("originalsMillis", retention.originals().toMillis());
        json.writeEndObject();
    }

    private void limits(LimitsConfig limits) throws IOException {
        json.writeObjectFieldStart("limits");
        json.writeNumberField("maxBodyBytes", limits.maxBodyBytes());
        json.writeNumberField("maxDepth", limits.maxDepth());
        json.writeNumberField("maxHeaderBytes", limits.maxHeaderBytes());
        json.writeNumberField("maxConcurrentCalls", limits.maxConcurrentCalls());
        json.writeNumberField("maxBytesInFlight", limits.maxBytesInFlight());
        json.writeNumberField("drainMillis", limits.drain().toMillis());
        json.writeNumberField("headersAfterMillis", limits.headersAfter().toMillis());
        json.writeNumberField("keepAliveMillis", limits.keepAlive().toMillis());
        json.writeEndObject();
    }

    private void contract(ContractConfig contract) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", contract.id());
        json.writeStringField("party", contract.party());
        texts("endpoints", contract.endpoints());
        texts(
                "modalities",
                contract.modalities().stream().sorted().map(Section::nameOf).toList());
        texts("regions", contract.regions());
        json.writeStringField("retention", contract.retention());
        json.writeStringField("leastProfile", Section.nameOf(contract.leastProfile()));
        text("expires", contract.expires());
        json.writeBooleanField("insideBoundary", contract.insideBoundary());
        json.writeEndObject();
    }

    private void target(TargetConfig target) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", target.id());
        json.writeStringField("kind", Section.nameOf(target.kind()));
        json.writeStringField("environment", Section.nameOf(target.environment()));
        json.writeStringField("contract", target.contract());
        text("baseUrl", target.baseUrl());
        text("credential", target.credential());
        text("apiVersion", target.apiVersion());
        json.writeObjectFieldStart("models");
        for (Map.Entry<String, String> model : target.models().entrySet()) {
            json.writeStringField(model.getKey(), model.getValue());
        }
        json.writeEndObject();
        text("ca", target.ca());
        text("proxy", target.proxy());
        json.writeObjectFieldStart("timeouts");
        json.writeNumberField("connectMillis", target.timeouts().connect().toMillis());
        json.writeNumberField("firstTokenMillis", target.timeouts().firstToken().toMillis());
        json.writeNumberField("stallMillis", target.timeouts().stall().toMillis());
        json.writeNumberField("totalMillis", target.timeouts().total().toMillis());
        json.writeEndObject();
        json.writeObjectFieldStart("breaker");
        json.writeNumberField("failureRatePercent", target.breaker().failureRatePercent());
        json.writeNumberField("windowCalls", target.breaker().windowCalls());
        json.writeNumberField("openForMillis", target.breaker().openFor().toMillis());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void workflow(WorkflowConfig workflow) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", workflow.id());
        json.writeStringField("audience", Section.nameOf(workflow.audience()));
        json.writeStringField("profile", Section.nameOf(workflow.profile()));
        texts("routes", workflow.routes());
        texts("restoreTools", workflow.restoreTools());
        json.writeObjectFieldStart("limits");
        number("requestsPerMinute", workflow.limits().requestsPerMinute());
        number("concurrentCalls", workflow.limits().concurrentCalls());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void site(SiteConfig site) throws IOException {
        json.writeObjectFieldStart("site");
        texts("facilities", site.facilities());
        texts("staff", site.staff());
        json.writeArrayFieldStart("recordNumbers");
        for (SiteConfig.RecordNumber number : site.recordNumbers()) {
            json.writeStartObject();
            json.writeStringField("name", number.name());
            json.writeStringField("pattern", number.pattern());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("keep");
        for (Profile profile : Profile.values()) {
            texts(
                    Section.nameOf(profile),
                    site.kept().getOrDefault(profile, Set.of()).stream()
                            .sorted()
                            .map(Section::nameOf)
                            .toList());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("exceptions");
        for (ExceptionConfig exception : site.exceptions()) {
            json.writeStartObject();
            json.writeStringField("term", exception.term());
            texts("context", exception.context());
            text("category", exception.category() == null ? null : Section.nameOf(exception.category()));
            json.writeStringField("reason", exception.reason());
            json.writeStringField("reviewer", exception.reviewer());
            text("expires", exception.expires());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Where its folder is decides nothing; the digests of its files are in the redactor's. */
    private void classifier(@Nullable ClassifierConfig classifier) throws IOException {
        if (classifier == null) {
            json.writeNullField("classifier");
            return;
        }
        json.writeObjectFieldStart("classifier");
        json.writeObjectFieldStart("labels");
        for (Map.Entry<String, Optional<PhiCategory>> label : new TreeMap<>(classifier.labels()).entrySet()) {
            text(label.getKey(), label.getValue().map(Section::nameOf).orElse(null));
        }
        json.writeEndObject();
        json.writeNumberField("thresholdPercent", classifier.thresholdPercent());
        json.writeNumberField("threads", classifier.threads());
        json.writeNumberField("deadlineMillis", classifier.deadline().toMillis());
        json.writeEndObject();
    }

    private void text(String key, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNullField(key);
        } else {
            json.writeStringField(key, value.toString());
        }
    }

    private void texts(String key, List<String> values) throws IOException {
        json.writeArrayFieldStart(key);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private void number(String key, OptionalInt value) throws IOException {
        if (value.isEmpty()) {
            json.writeNullField(key);
        } else {
            json.writeNumberField(key, value.getAsInt());
        }
    }
}
