package dev.anteroom.gateway.http;

import dev.anteroom.gateway.call.CallIdentity;
import dev.anteroom.gateway.call.CallServices;
import dev.anteroom.gateway.call.ChatCall;
import dev.anteroom.gateway.call.DryRun;
import dev.anteroom.gateway.call.ErrorBody;
import dev.anteroom.gateway.config.Environment;
import dev.anteroom.gateway.config.LimitsConfig;
import dev.anteroom.gateway.keys.CallerKey;
import dev.anteroom.gateway.keys.KeyOutcome;
import dev.anteroom.gateway.snapshot.Workflow;
import dev.anteroom.gateway.wire.ErrorCode;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.routing.Admission;
import dev.anteroom.routing.AdmissionResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The data plane of one event loop: authenticates, admits, collects the body within its limits, and hands calls on. Confined to that loop.
 */
final class DataPlane {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MODELS = "/v1/models";
    private static final String TRACES = "/v1/anteroom/traces/";
    private static final String DRY_RUN = "/v1/anteroom/dry-run";
    private static final String BEARER = "Bearer ";
    private static final long MAX_UPLOAD_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int TRACEPARENT_CHARS = 55;
    private static final int MAX_REQUEST_ID_CHARS = 128;
    private static final long LINGER_MILLIS = 1_000;

    private final Vertx vertx;
    private final DoorState door;
    private final CallServices services;
    private final TraceLookup traces;
    private final Set<ChatCall> calls = new LinkedHashSet<>();
    private final Set<Upload> uploads = new LinkedHashSet<>();

    DataPlane(Vertx vertx, DoorState door, CallServices services, TraceLookup traces) {
        this.vertx = vertx;
        this.door = door;
        this.services = services;
        this.traces = traces;
    }

    /** Keeps waiting streams alive; called once a keep-alive interval. */
    void tick() {
        long now = services.nanoTime().getAsLong();
        for (ChatCall call : List.copyOf(calls)) {
            call.tick(now);
        }
        for (Upload upload : List.copyOf(uploads)) {
            upload.expire(now);
        }
    }

    /** Ends what is still under way with an error, because the process cannot wait longer. */
    void breakOff() {
        for (ChatCall call : List.copyOf(calls)) {
            call.breakOff();
        }
    }

    /** Answers a message that is not HTTP as it is read here; nobody is authenticated by it, so there is no record. */
    void malformed(HttpServerRequest request) {
        Map<String, String> headers = new LinkedHashMap<>(2);
        headers.put("x-request-id", "req_" + door.traceIds().next().replace("-", ""));
        headers.put("connection", "close");
        String advice = "this is no HTTP request with one plain request line, one length, and at most "
                + limits().maxHeaderBytes() + " bytes of headers";
        new HttpAppExchange(request.response())
                .own(
                        ErrorCode.MALFORMED_REQUEST.status(),
                        headers,
                        ErrorBody.of(ErrorCode.MALFORMED_REQUEST, "", advice, ""));
        request.connection().close();
    }

    /** Another transfer coding than chunked leaves open where the message ends: what follows could be read as a request. */
    private static boolean hasOneEnd(HttpServerRequest request) {
        List<String> codings = request.headers().getAll("transfer-encoding");
        return codings.isEmpty() || (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"));
    }

    void handle(HttpServerRequest request) {
        if (!hasOneEnd(request)) {
            malformed(request);
            return;
        }
        String path = request.path() == null ? "" : request.path();
        switch (path) {
            case "/healthz" -> plain(request, 200, "ok\n");
            case "/readyz" -> plain(request, door.isReady() ? 200 : 503, door.readiness());
            case CHAT -> post(request, this::chat);
            case DRY_RUN -> post(request, this::dryRun);
            default -> {
                if (path.equals(MODELS) || path.startsWith(MODELS + "/")) {
                    get(request, caller -> models(request, caller, path.substring(MODELS.length())));
                } else if (path.startsWith(TRACES)) {
                    get(request, caller -> trace(request, caller, path.substring(TRACES.length())));
                } else {
                    unserved(request, ErrorCode.NOT_FOUND, "there is no such endpoint here; see /v1/chat/completions");
                }
            }
        }
    }

    private void plain(HttpServerRequest request, int status, String text) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "text/plain")
                .end(text);
    }

    private void get(HttpServerRequest request, java.util.function.Consumer<CallIdentity> then) {
        if (!HttpMethod.GET.equals(request.method())) {
            unserved(request, ErrorCode.METHOD_NOT_ALLOWED, "use GET");
            return;
        }
        CallIdentity caller = authenticated(request);
        if (caller != null) {
            then.accept(caller);
        }
    }

    private void post(HttpServerRequest request, BiConsumer<HttpServerRequest, CallIdentity> then) {
        if (!HttpMethod.POST.equals(request.method())) {
            unserved(request, ErrorCode.METHOD_NOT_ALLOWED, "use POST");
            return;
        }
        if (door.isDraining()) {
            error(request, ErrorCode.SHUTTING_DOWN, "the gateway is stopping; try again, another instance answers", "");
            return;
        }
        CallIdentity caller = authenticated(request);
        if (caller != null) {
            then.accept(request, caller);
        }
    }

    /** Refuses what no endpoint serves: with a record where the caller is known. */
    private void unserved(HttpServerRequest request, ErrorCode code, String advice) {
        String secret = bearer(request);
        if (secret != null
                && door.keys().authenticate(secret, services.clock().instant())
                        instanceof KeyOutcome.Accepted accepted) {
            CallIdentity caller = identified(request, accepted.key());
            if (caller != null) {
                refuse(request, caller, new RequestRefused(code, "", advice));
            }
        } else {
            error(request, code, advice, "");
        }
    }

    private static @Nullable String bearer(HttpServerRequest request) {
        String header = request.getHeader("authorization");
        return header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? null
                : header.substring(BEARER.length()).trim();
    }

    private @Nullable CallIdentity authenticated(HttpServerRequest request) {
        String secret = bearer(request);
        if (secret == null) {
            door.failedLogin(new LoginFailure(LoginFailure.Reason.MISSING, ""));
            error(request, ErrorCode.INVALID_API_KEY, "send the key as 'Authorization: Bearer ...'", "");
            return null;
        }
        Instant now = services.clock().instant();
        return switch (door.keys().authenticate(secret, now)) {
            case KeyOutcome.Accepted(CallerKey key) -> {
                door.watch().keyUsed(key);
                yield identified(request, key);
            }
            case KeyOutcome.Expired(CallerKey key) ->
                unauthenticated(
                        request, LoginFailure.Reason.EXPIRED, key.keyId(), "this key has expired; ask for a new one");
            case KeyOutcome.Revoked(CallerKey key) ->
                unauthenticated(
                        request, LoginFailure.Reason.REVOKED, key.keyId(), "this key was revoked; ask for a new one");
            case KeyOutcome.Unknown u ->
                unauthenticated(request, LoginFailure.Reason.UNKNOWN, "", "this key is not known here");
            case KeyOutcome.Unavailable u -> {
                error(request, ErrorCode.SAFETY_UNAVAILABLE, "the keys cannot be read, so nobody is admitted", "");
                yield null;
            }
        };
    }

    private @Nullable CallIdentity unauthenticated(
            HttpServerRequest request, LoginFailure.Reason reason, String keyId, String advice) {
        door.failedLogin(new LoginFailure(reason, keyId));
        error(request, ErrorCode.INVALID_API_KEY, advice, "");
        return null;
    }

    private @Nullable CallIdentity identified(HttpServerRequest request, CallerKey key) {
        String traceId = door.traceIds().next();
        Workflow workflow = services.snapshot().workflow(key.workflow());
        if (workflow == null) {
            refuse(
                    request,
                    identity(request, key, traceId, Workflow.unconfigured(key.workflow())),
                    new RequestRefused(ErrorCode.NOT_PERMITTED, "", "the workflow of this key is not configured here"));
            return null;
        }
        CallIdentity identity = identity(request, key, traceId, workflow);
        if (key.environment() == Environment.LIVE && !door.live().isReady()) {
            refuse(
                    request,
                    identity,
                    new RequestRefused(
                            ErrorCode.NOT_PERMITTED,
                            "",
                            "live keys are not served here: "
                                    + String.join("; ", door.live().obstacles())));
            return null;
        }
        if (key.isDemo() && !isFromLoopback(request)) {
            refuse(
                    request,
                    identity,
                    new RequestRefused(ErrorCode.NOT_PERMITTED, "", "the demo key is served on loopback only"));
            return null;
        }
        return identity;
    }

    private CallIdentity identity(HttpServerRequest request, CallerKey key, String traceId, Workflow workflow) {
        return new CallIdentity(
                traceId,
                requestId(request, traceId),
                key.tenant(),
                key.keyId(),
                key.environment(),
                workflow,
                traceparent(request),
                services.nanoTime().getAsLong());
    }

    /** The caller's own trace where it is well-formed (W3C Trace Context, version 00): hexadecimal of fixed length, so it can carry no text. */
    private static String traceparent(HttpServerRequest request) {
        String given = request.getHeader("traceparent");
        if (given == null || given.length() != TRACEPARENT_CHARS || !given.startsWith("00-")) {
            return "";
        }
        for (int i = 0; i < TRACEPARENT_CHARS; i++) {
            char c = given.charAt(i);
            boolean hex = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
            if (i == 2 || i == 35 || i == 52 ? c != '-' : !hex) {
                return "";
            }
        }
        return given;
    }

    private static boolean isFromLoopback(HttpServerRequest request) {
        String host =
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
        return host != null && LiveReadiness.isLoopback(host);
    }

    /** The app's own request id where it is a plain identifier, else one made from the trace id. */
    private static String requestId(HttpServerRequest request, String traceId) {
        String given = request.getHeader("x-request-id");
        if (given != null && !given.isEmpty() && given.length() <= MAX_REQUEST_ID_CHARS && isPlain(given)) {
            return given;
        }
        return "req_" + traceId.replace("-", "");
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    private void chat(HttpServerRequest request, CallIdentity identity) {
        withBody(request, identity, (body, ticket) -> {
            HttpServerResponse response = request.response();
            ChatCall[] holder = new ChatCall[1];
            ChatCall call = new ChatCall(services, identity, new HttpAppExchange(response), () -> {
                ticket.release();
                calls.remove(holder[0]);
                door.callEnded();
            });
            holder[0] = call;
            calls.add(call);
            door.callBegan();
            response.closeHandler(v -> call.appClosed());
            call.begin(body.bytes(), body.length());
        });
    }

    private void dryRun(HttpServerRequest request, CallIdentity identity) {
        withBody(request, identity, (body, ticket) -> {
            HttpAppExchange app = new HttpAppExchange(request.response());
            DryRun.run(services, identity, app, body.bytes(), body.length(), headers(identity), ticket::release);
        });
    }

    private void withBody(
            HttpServerRequest request, CallIdentity identity, BiConsumer<BodyCollector, Admission.Ticket> then) {
        RequestRefused unreadable = readable(request);
        if (unreadable != null) {
            refuse(request, identity, unreadable);
            return;
        }
        long now = services.nanoTime().getAsLong();
        switch (door.admission().admit(identity.keyId(), identity.workflow().limits(), now)) {
            case AdmissionResult.Admitted admitted -> collect(request, identity, admitted.ticket(), then);
            case AdmissionResult.RateLimited limited -> {
                request.response().putHeader("retry-after-ms", Long.toString(limited.retryAfterMillis()));
                request.response().putHeader("retry-after", Long.toString((limited.retryAfterMillis() + 999) / 1000));
                refuse(
                        request,
                        identity,
                        new RequestRefused(
                                ErrorCode.RATE_LIMITED, "", "the rate of this key is used up; wait and try again"));
            }
            case AdmissionResult.Busy busy ->
                refuse(
                        request,
                        identity,
                        new RequestRefused(ErrorCode.BUSY, "", "too many calls are under way; try again shortly"));
        }
    }

    private @Nullable RequestRefused readable(HttpServerRequest request) {
        String encoding = request.getHeader("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return new RequestRefused(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "", "send the body without Content-Encoding");
        }
        String type = request.getHeader("content-type");
        if (type != null && !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            return new RequestRefused(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "", "send application/json");
        }
        if (announcedBytes(request) > limits().maxBodyBytes()) {
            return tooLarge();
        }
        return null;
    }

    private void collect(
            HttpServerRequest request,
            CallIdentity identity,
            Admission.Ticket ticket,
            BiConsumer<BodyCollector, Admission.Ticket> then) {
        Upload upload = new Upload(request, identity, ticket, then);
        uploads.add(upload);
        request.exceptionHandler(broken -> upload.broken());
        request.handler(upload::accept);
        request.endHandler(v -> upload.complete());
    }

    /** A body on its way in. It ends once: complete, broken, over its limits, or late. */
    private final class Upload {
        private final HttpServerRequest request;
        private final CallIdentity identity;
        private final Admission.Ticket ticket;
        private final BiConsumer<BodyCollector, Admission.Ticket> then;
        private final BodyCollector body;
        private boolean over;

        Upload(
                HttpServerRequest request,
                CallIdentity identity,
                Admission.Ticket ticket,
                BiConsumer<BodyCollector, Admission.Ticket> then) {
            this.request = request;
            this.identity = identity;
            this.ticket = ticket;
            this.then = then;
            this.body = new BodyCollector(limits().maxBodyBytes(), announcedBytes(request));
        }

        void accept(Buffer chunk) {
            if (over) {
                return;
            }
            if (!body.add(chunk)) {
                refused(tooLarge());
            } else if (!door.admission().addBytes(ticket, chunk.length())) {
                refused(new RequestRefused(ErrorCode.BUSY, "", "too many bytes are under way; try again shortly"));
            }
        }

        void complete() {
            if (ends()) {
                then.accept(body, ticket);
            }
        }

        void broken() {
            if (ends()) {
                ticket.release();
            }
        }

        void expire(long nowNanos) {
            if (nowNanos - identity.startNanos() > MAX_UPLOAD_NANOS) {
                refused(new RequestRefused(
                        ErrorCode.BODY_TIMEOUT, "", "the body did not arrive in time; send it again"));
            }
        }

        private void refused(RequestRefused refusal) {
            if (ends()) {
                ticket.release();
                refuse(request, identity, refusal);
            }
        }

        private boolean ends() {
            if (over) {
                return false;
            }
            over = true;
            uploads.remove(this);
            return true;
        }
    }

    private RequestRefused tooLarge() {
        return new RequestRefused(
                ErrorCode.TOO_LARGE, "", "the body may have at most " + limits().maxBodyBytes() + " bytes");
    }

    private LimitsConfig limits() {
        return services.snapshot().config().limits();
    }

    private static long announcedBytes(HttpServerRequest request) {
        String header = request.getHeader("content-length");
        if (header == null) {
            return -1;
        }
        try {
            return Long.parseLong(header);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Refuses an authenticated caller: the record first. What is left of the body is not read, so the connection closes. */
    private void refuse(HttpServerRequest request, CallIdentity identity, RequestRefused refused) {
        boolean closes = announceClose(request);
        ChatCall.refused(services, identity, new HttpAppExchange(request.response()), refused, () -> {
            if (closes) {
                closeSoon(request);
            }
        });
    }

    /** Whether the connection must end with this answer, because the body of its request is not read; says so to the app. */
    private static boolean announceClose(HttpServerRequest request) {
        boolean closes = !request.isEnded() && request.version() != HttpVersion.HTTP_2;
        if (closes) {
            request.response().putHeader("connection", "close");
        }
        return closes;
    }

    /** Closes the connection after an answer: once the rest of the body has come, since closing before would reset it, or after a while. */
    private void closeSoon(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        if (request.isEnded()) {
            connection.close();
            return;
        }
        long timer = vertx.setTimer(LINGER_MILLIS, id -> connection.close());
        request.endHandler(v -> {
            vertx.cancelTimer(timer);
            connection.close();
        });
    }

    private void models(HttpServerRequest request, CallIdentity identity, String rest) {
        List<String> models =
                services.snapshot().routing().models(identity.workflow().routes(), identity.routingEnvironment());
        HttpAppExchange app = new HttpAppExchange(request.response());
        if (rest.isEmpty()) {
            app.own(200, headers(identity), ModelList.all(models));
            return;
        }
        String wanted = java.net.URLDecoder.decode(rest.substring(1), java.nio.charset.StandardCharsets.UTF_8);
        if (models.contains(wanted)) {
            app.own(200, headers(identity), ModelList.one(wanted));
        } else {
            refuse(
                    request,
                    identity,
                    new RequestRefused(
                            ErrorCode.MODEL_NOT_FOUND, "", "this key may use: " + String.join(", ", models)));
        }
    }

    private void trace(HttpServerRequest request, CallIdentity identity, String id) {
        HttpAppExchange app = new HttpAppExchange(request.response());
        request.pause();
        boolean asked = traces.find(
                id,
                identity.tenant(),
                identity.keyId(),
                json -> services.loop().execute(() -> {
                    if (json == null) {
                        refuse(
                                request,
                                identity,
                                new RequestRefused(
                                        ErrorCode.NOT_FOUND, "", "this key has made no call of this trace id"));
                    } else {
                        door.watch().recordRead(identity.keyId(), identity.tenant(), id);
                        app.own(200, headers(identity), json);
                    }
                }));
        if (!asked) {
            refuse(
                    request,
                    identity,
                    new RequestRefused(ErrorCode.BUSY, "", "the journal is being read by others; try again shortly"));
        }
    }

    private Map<String, String> headers(CallIdentity identity) {
        Map<String, String> headers = new LinkedHashMap<>(4);
        headers.put("x-request-id", identity.requestId());
        headers.put("x-anteroom-snapshot", services.snapshot().shortHash());
        return headers;
    }

    private void error(HttpServerRequest request, ErrorCode code, String advice, String traceId) {
        Map<String, String> headers = new LinkedHashMap<>(4);
        headers.put("x-request-id", requestId(request, door.traceIds().next()));
        boolean closes = announceClose(request);
        new HttpAppExchange(request.response())
                .own(code.status(), ErrorBody.headers(headers, code), ErrorBody.of(code, "", advice, traceId));
        if (closes) {
            closeSoon(request);
        }
    }
}
