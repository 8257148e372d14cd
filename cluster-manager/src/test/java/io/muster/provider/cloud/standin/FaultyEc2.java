package io.muster.provider.cloud.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Stands before EC2 and fails as told. It also keeps the promise of client tokens, which moto does not: the same token
 * again answers what it answered first.
 */
public final class FaultyEc2 implements AutoCloseable {
    /** What happens to a call. */
    public sealed interface Fault {
        /** It goes through. */
        record None() implements Fault {}

        /** EC2 answers with this error and does nothing. */
        record Refused(int status, String code) implements Fault {}

        /** EC2 does it, and the answer is lost. */
        record AnswerLost() implements Fault {}

        /** Nobody is there. */
        record Gone() implements Fault {}
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Answer(int status, byte[] body) {}

    /** Chooses what happens to a call. */
    @FunctionalInterface
    public interface Script {
        Fault fault(String action, Map<String, String> parameters, int number);
    }

    private final URI behind;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Answer> tokens = new ConcurrentHashMap<>();
    private final List<String> actions = new CopyOnWriteArrayList<>();
    private volatile Script script = (_, _, _) -> new Fault.None();

    public FaultyEc2(URI behind) throws IOException {
        this.behind = behind;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void play(Script next) {
        script = next;
        actions.clear();
    }

    /** How often an action was asked for since the script began. */
    public long count(String action) {
        return actions.stream().filter(action::equals).count();
    }

    /** How many calls came since the script began. */
    public int calls() {
        return actions.size();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, String> parameters = parameters(new String(body, StandardCharsets.UTF_8));
        String action = parameters.getOrDefault("Action", "");
        int number;
        synchronized (actions) {
            actions.add(action);
            number = actions.size();
        }
        try (exchange) {
            switch (script.fault(action, parameters, number)) {
                case Fault.Gone _ -> {}
                case Fault.Refused refused ->
                    answer(
                            exchange,
                            refused.status(),
                            ("<Response><Errors><Error><Code>" + refused.code()
                                            + "</Code><Message>as the test wants it</Message></Error></Errors>"
                                            + "</Response>")
                                    .getBytes(StandardCharsets.UTF_8));
                case Fault.AnswerLost _ -> forward(exchange, body, parameters);
                case Fault.None _ -> {
                    Answer answer = forward(exchange, body, parameters);
                    answer(exchange, answer.status(), answer.body());
                }
            }
        }
    }

    private Answer forward(HttpExchange exchange, byte[] body, Map<String, String> parameters) throws IOException {
        String token = parameters.getOrDefault("ClientToken", "");
        Answer before = tokens.get(token);
        if (before != null) {
            return before;
        }
        try {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(behind)
                            .header(
                                    "Authorization",
                                    exchange.getRequestHeaders().getFirst("Authorization"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            Answer now = new Answer(answer.statusCode(), answer.body());
            if (!token.isEmpty() && now.status() == 200) {
                tokens.put(token, now);
            }
            return now;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> parameters(String form) {
        Map<String, String> parameters = new HashMap<>();
        for (String one : form.split("&", -1)) {
            int equals = one.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(one.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(one.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
