package io.muster.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** First frame of a connection: {@code muster/1 <service>}; answered by {@code ok} or by a sentence that refuses. */
final class Preface {
    private static final String VERSION = "muster/1 ";
    private static final String OK = "ok";

    private Preface() {}

    static void open(Line line, String service, Duration deadline) throws IOException {
        line.send((VERSION + service).getBytes(StandardCharsets.UTF_8));
        Optional<byte[]> answer = line.receive(deadline);
        String text = answer.map(Preface::text)
                .orElseThrow(() -> new IOException(line.peer() + " closed the connection; is it of this cluster?"));
        if (!text.equals(OK)) {
            throw new IOException(line.peer() + " refused: " + text);
        }
    }

    static String service(Line line, Duration deadline) throws IOException {
        String text = line.receive(deadline)
                .map(Preface::text)
                .orElseThrow(() -> new IOException(line.peer() + " left without a word"));
        if (!text.startsWith(VERSION)) {
            refuse(line, "this side speaks " + VERSION.trim());
            throw new WireException(line.peer() + " does not speak " + VERSION.trim());
        }
        return text.substring(VERSION.length());
    }

    static void accept(Line line) throws IOException {
        line.send(OK.getBytes(StandardCharsets.UTF_8));
    }

    static void refuse(Line line, String why) throws IOException {
        line.send(why.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] frame) {
        return new String(frame, StandardCharsets.UTF_8);
    }
}
