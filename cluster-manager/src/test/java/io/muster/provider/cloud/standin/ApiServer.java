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
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/** The API of a cloud and its login service on one port of this machine, with faults as a test wants them. */
final class ApiServer implements AutoCloseable {
    /** What a cloud does with a request. */
    interface Api {
        /** The answer of the login service; empty when the request is for the API. */
        Optional<Reply> login(CallRequest request, URI endpoint);

        Reply answer(CallRequest request, URI endpoint) throws CallRefusal;

        JsonNode error(int status, String code, String message);

        /** What an application does not get to see when it is written right. */
        boolean isAvoidable(String code);
    }

    /** @param headers in which {@code ENDPOINT} stands for the address of the API */
    record Reply(int status, JsonNode body, Map<String, String> headers) {
        static Reply ok(JsonNode body) {
            return new Reply(200, body, Map.of());
        }
    }

    private final Api api;
    private final HttpServer server;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> avoidable = new CopyOnWriteArrayList<>();
    private volatile CallFault.Script script = (_, _, _, _) -> new CallFault.None();

    ApiServer(Api api) throws IOException {
        this.api = api;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void play(CallFault.Script next) {
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
            CallRequest request = CallRequest.of(exchange);
            Optional<Reply> login = api.login(request, endpoint());
            if (login.isPresent()) {
                answer(exchange, login.get().status(), login.get().body());
                return;
            }
            int number;
            synchronized (calls) {
                calls.add(request.method() + " " + request.path());
                number = calls.size();
            }
            switch (script.fault(request.method(), request.path(), request.body(), number)) {
                case CallFault.Gone _ -> {}
                case CallFault.Refused refused -> {
                    if (refused.retryAfterS() > 0) {
                        exchange.getResponseHeaders().set("Retry-After", String.valueOf(refused.retryAfterS()));
                    }
                    answer(
                            exchange,
                            refused.status(),
                            api.error(refused.status(), refused.code(), "as the test wants it"));
                }
                case CallFault.AnswerLost _ -> answer(request);
                case CallFault.EffectThenError _ -> {
                    answer(request);
                    answer(exchange, 500, api.error(500, "internalError", "An internal server error occurred."));
                }
                case CallFault.None _ -> {
                    Reply reply = answer(request);
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

    private Reply answer(CallRequest request) {
        try {
            return api.answer(request, endpoint());
        } catch (CallRefusal e) {
            if (api.isAvoidable(e.code())) {
                avoidable.add(request.method() + " " + request.path() + ": " + e.code() + ": " + e.getMessage());
            }
            return new Reply(e.status(), api.error(e.status(), e.code(), String.valueOf(e.getMessage())), Map.of());
        } catch (RuntimeException e) {
            avoidable.add(request.method() + " " + request.path() + ": " + e);
            return new Reply(500, api.error(500, "internalError", e.toString()), Map.of());
        }
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
