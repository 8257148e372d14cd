package io.muster.provider.cloud.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The login service and the resource manager on one port of this machine, with faults as a test wants them. */
final class ArmServer implements AutoCloseable {
    static final String TENANT = "7f1c0e2a-0000-4000-8000-000000000001";
    static final String CLIENT = "7f1c0e2a-0000-4000-8000-000000000002";
    static final String SECRET = "not~a~secret";

    private static final JsonMapper JSON = new JsonMapper();
    /** What an application does not get to see when it is written right. */
    private static final Set<String> AVOIDABLE = Set.of(
            "InvalidRequestContent",
            "InvalidResourceType",
            "NoRegisteredProviderFound",
            "InvalidApiVersionParameter",
            "MissingApiVersionParameter",
            "LocationRequired",
            "InvalidResourceReference",
            "ReferencedResourceNotProvisioned",
            "NotFound",
            "AuthenticationFailed");

    private final ArmPaths paths;
    private final HttpServer server;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> avoidable = new CopyOnWriteArrayList<>();
    private volatile ArmFault.Script script = (_, _, _, _) -> new ArmFault.None();

    ArmServer(ArmPaths paths) throws IOException {
        this.paths = paths;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void play(ArmFault.Script next) {
        script = next;
        calls.clear();
    }

    /** The calls since the script began, as {@code METHOD path}. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** What was refused because it was asked wrongly. */
    List<String> avoidable() {
        return List.copyOf(avoidable);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            ArmRequest request = ArmRequest.of(exchange);
            if (request.path().endsWith("/oauth2/token")) {
                login(exchange, request);
                return;
            }
            int number;
            synchronized (calls) {
                calls.add(request.method() + " " + request.path());
                number = calls.size();
            }
            switch (script.fault(request.method(), request.path(), request.body(), number)) {
                case ArmFault.Gone _ -> {}
                case ArmFault.Refused refused -> {
                    if (refused.retryAfterS() > 0) {
                        exchange.getResponseHeaders().set("Retry-After", String.valueOf(refused.retryAfterS()));
                    }
                    answer(exchange, refused.status(), error(refused.code(), "as the test wants it"));
                }
                case ArmFault.AnswerLost _ -> answer(request);
                case ArmFault.EffectThenError _ -> {
                    answer(request);
                    answer(exchange, 500, error("InternalServerError", "An internal server error occurred."));
                }
                case ArmFault.None _ -> {
                    ArmPaths.Reply reply = answer(request);
                    reply.headers()
                            .forEach((name, value) -> exchange.getResponseHeaders()
                                    .set(
                                            name,
                                            value.replace("ENDPOINT", endpoint().toString())));
                    answer(exchange, reply.status(), reply.body());
                }
            }
        }
    }

    private ArmPaths.Reply answer(ArmRequest request) {
        try {
            String token = request.authorization()
                    .orElseThrow(() -> new ArmRefusal(
                            401,
                            "AuthenticationFailed",
                            "Authentication failed. The 'Authorization' header is missing."));
            if (!token.startsWith("Bearer ") || !tokens.contains(token.substring("Bearer ".length()))) {
                throw new ArmRefusal(401, "InvalidAuthenticationToken", "The access token is invalid.");
            }
            return paths.answer(request, endpoint());
        } catch (ArmRefusal e) {
            if (AVOIDABLE.contains(e.code())) {
                avoidable.add(request.method() + " " + request.path() + ": " + e.code() + ": " + e.getMessage());
            }
            return new ArmPaths.Reply(e.status(), error(e.code(), String.valueOf(e.getMessage())), Map.of());
        } catch (RuntimeException e) {
            avoidable.add(request.method() + " " + request.path() + ": " + e);
            return new ArmPaths.Reply(500, error("InternalServerError", e.toString()), Map.of());
        }
    }

    private void login(HttpExchange exchange, ArmRequest request) throws IOException {
        Map<String, String> form = ArmRequest.decoded(request.text());
        if (!request.words().getFirst().equals(TENANT)) {
            refuse(
                    exchange,
                    400,
                    "invalid_request",
                    "AADSTS90002: Tenant '" + request.words().getFirst() + "' not found.");
        } else if (!form.getOrDefault("grant_type", "").equals("client_credentials")
                || !form.getOrDefault("resource", "").equals(endpoint() + "/")) {
            refuse(exchange, 400, "invalid_resource", "AADSTS500011: The resource principal was not found.");
        } else if (!form.getOrDefault("client_id", "").equals(CLIENT)) {
            refuse(exchange, 400, "unauthorized_client", "AADSTS700016: Application was not found in the directory.");
        } else if (!form.getOrDefault("client_secret", "").equals(SECRET)) {
            refuse(exchange, 401, "invalid_client", "AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1");
        } else {
            String token = UUID.randomUUID().toString();
            tokens.add(token);
            ObjectNode body = JSON.createObjectNode();
            body.put("token_type", "Bearer").put("expires_in", "3599").put("access_token", token);
            answer(exchange, 200, body);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code, String message) throws IOException {
        answer(exchange, status, JSON.createObjectNode().put("error", code).put("error_description", message));
    }

    private static ObjectNode error(String code, String message) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error").put("code", code).put("message", message);
        return body;
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = body.isMissingNode() ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
