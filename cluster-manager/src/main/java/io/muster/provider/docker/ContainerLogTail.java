package io.muster.provider.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The end of what a container printed. */
final class ContainerLogTail {
    private static final int LINES = 5;
    private static final int DEADLINE_SECONDS = 10;

    private ContainerLogTail() {}

    /** On one line; empty when it printed nothing or cannot be asked any more. */
    static String of(DockerClient client, String container) {
        Collector collector = new Collector();
        try (collector) {
            client.logContainerCmd(container)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTail(LINES)
                    .exec(collector)
                    .awaitCompletion(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DockerException | java.io.IOException e) {
            return "";
        }
        return collector.text();
    }

    private static final class Collector extends ResultCallback.Adapter<Frame> {
        private final StringBuilder text = new StringBuilder();

        @Override
        public synchronized void onNext(Frame frame) {
            text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
        }

        synchronized String text() {
            return text.toString().strip().replaceAll("\\s*\\R\\s*", " / ");
        }
    }
}
