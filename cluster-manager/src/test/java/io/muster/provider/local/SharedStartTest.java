package io.muster.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SharedStartTest {
    private final List<List<String>> starts = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private String start(List<String> marks) {
        starts.add(List.copyOf(marks));
        return "process " + starts.size();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private Future<String> inThread(Callable<String> work) {
        return threads.submit(work);
    }

    @Test
    void one_process_starts_for_all_that_need_one_when_the_last_has_said_so() throws Exception {
        SharedStart<String> shared = new SharedStart<>(3, this::start);
        Future<String> first = inThread(() -> shared.with("a"));
        shared.without();
        assertThat(starts).isEmpty();
        assertThat(shared.with("b")).isEqualTo("process 1");
        assertThat(first.get()).isEqualTo("process 1");
        assertThat(starts).hasSize(1);
        assertThat(starts.getFirst()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void none_starts_when_no_node_needs_one() {
        SharedStart<String> shared = new SharedStart<>(2, this::start);
        shared.without();
        shared.without();
        assertThat(starts).isEmpty();
    }

    @Test
    void a_node_whose_thread_is_interrupted_is_left_out() throws Exception {
        SharedStart<String> shared = new SharedStart<>(2, this::start);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> shared.with("a")).isInstanceOf(InterruptedException.class);
        assertThat(shared.with("b")).isEqualTo("process 1");
        assertThat(starts).containsExactly(List.of("b"));
    }

    @Test
    void all_are_told_that_it_does_not_start() {
        SharedStart<String> shared = new SharedStart<>(2, _ -> {
            throw new IOException("no java");
        });
        Future<String> first = inThread(() -> shared.with("a"));
        assertThatThrownBy(() -> shared.with("b"))
                .isInstanceOf(IOException.class)
                .hasMessage("no java");
        assertThatThrownBy(first::get).isInstanceOf(ExecutionException.class).hasRootCauseMessage("no java");
    }
}
