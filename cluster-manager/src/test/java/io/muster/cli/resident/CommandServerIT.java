package io.muster.cli.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both sides in this process, over a real socket. */
@Timeout(60)
final class CommandServerIT {
    private static final Map<String, String> ENVIRONMENT = Map.of("LANG", "C.UTF-8", "NAME", "ü");

    @TempDir
    Path temp;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<CommandOrder> seen = new CompletableFuture<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private CommandRunner runner = (_, _, _, _) -> 0;
    private CommandServer server;
    private Path socket;

    @BeforeEach
    void start() throws IOException {
        socket = temp.resolve("commands");
        server = CommandServer.start(
                socket,
                ENVIRONMENT,
                (order, stdout, stderr, onInterrupt) -> runner.run(order, stdout, stderr, onInterrupt));
    }

    @AfterEach
    void stop() throws IOException {
        goOn.countDown();
        server.close();
    }

    private static CommandOrder order(String... words) throws IOException {
        return new CommandOrder(
                List.of(words),
                ENVIRONMENT,
                "/some/where",
                "",
                true,
                false,
                true,
                words[0].equals("status"),
                7,
                ProcessTraits.ofThisProcess(ENVIRONMENT));
    }

    private CommandClient send(String... words) throws IOException {
        return CommandClient.send(socket, order(words));
    }

    private FutureTask<CommandClient.Result> result(CommandClient client) {
        FutureTask<CommandClient.Result> result = new FutureTask<>(() -> client.await(out, err));
        Thread.ofPlatform().daemon().start(result);
        return result;
    }

    /** Waits for the test, or to be interrupted by the user. */
    private int holdOn(CommandOrder order, OutputStream stdout, OutputStream stderr, Consumer<Runnable> onInterrupt) {
        onInterrupt.accept(() -> {
            interrupted.countDown();
            goOn.countDown();
        });
        seen.complete(order);
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 4;
    }

    private static void print(OutputStream stream, String text) {
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_command_arrives_as_it_was_sent_and_its_output_and_exit_code_come_back() throws Exception {
        runner = (order, stdout, stderr, _) -> {
            seen.complete(order);
            print(stdout, "a table\n".repeat(100_000));
            print(stderr, "a message\n");
            return 42;
        };
        try (CommandClient client = send("run", "heat", "-n", "2", "--", "ü", "")) {
            assertThat(client.await(out, err)).isEqualTo(new CommandClient.Result.Ended(42));
        }
        assertThat(seen.join()).isEqualTo(order("run", "heat", "-n", "2", "--", "ü", ""));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a table\n".repeat(100_000));
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("a message\n");
        await().until(() -> !server.isBusy());
    }

    @Test
    void what_a_command_says_while_it_is_interrupted_arrives() throws Exception {
        runner = (order, stdout, stderr, onInterrupt) -> {
            Thread worker = Thread.currentThread();
            int code = holdOn(order, stdout, stderr, onInterrupt);
            worker.interrupt();
            print(stdout, "cancelled\n");
            return code;
        };
        try (CommandClient client = send("run", "heat")) {
            FutureTask<CommandClient.Result> result = result(client);
            seen.join();
            client.interrupt();
            assertThat(result.get()).isEqualTo(new CommandClient.Result.Ended(4));
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("cancelled\n");
    }

    @Test
    void a_process_that_sees_other_files_or_speaks_another_language_runs_its_command_itself() throws Exception {
        CommandOrder other = new CommandOrder(
                List.of("status"),
                ENVIRONMENT,
                "/",
                "",
                false,
                false,
                false,
                true,
                0,
                ProcessTraits.ofThisProcess(Map.of("LANG", "de_DE")));
        try (CommandClient client = CommandClient.send(socket, other)) {
            assertThat(client.await(out, err)).isEqualTo(new CommandClient.Result.NotRun());
        }
    }

    @Test
    void variables_that_only_a_command_reads_make_no_difference() throws Exception {
        assertThat(ProcessTraits.ofThisProcess(Map.of("LANG", "C.UTF-8", "AWS_PROFILE", "mine")))
                .isEqualTo(ProcessTraits.ofThisProcess(ENVIRONMENT));
    }

    @Test
    void a_command_hears_that_nobody_reads_its_output_any_more() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        runner = (_, stdout, _, _) -> {
            while (true) {
                try {
                    stdout.write(new byte[10]);
                } catch (IOException e) {
                    failed.countDown();
                    return 0;
                }
            }
        };
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        try (CommandClient client = send("logs", "heat.1")) {
            assertThat(client.await(full, err)).isEqualTo(new CommandClient.Result.Ended(0));
        }
        failed.await();
    }

    @Test
    void what_is_too_much_at_once_is_run_elsewhere() throws Exception {
        runner = this::holdOn;
        List<CommandClient> clients = new ArrayList<>();
        List<FutureTask<CommandClient.Result>> results = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            CommandClient client = send("run", "heat");
            clients.add(client);
            results.add(result(client));
        }
        await().until(() -> results.stream().filter(FutureTask::isDone).count() == 1);
        goOn.countDown();
        List<CommandClient.Result> all = new ArrayList<>();
        for (FutureTask<CommandClient.Result> result : results) {
            all.add(result.get());
        }
        assertThat(all)
                .containsOnlyOnce(new CommandClient.Result.NotRun())
                .filteredOn(new CommandClient.Result.Ended(4)::equals)
                .hasSize(8);
        for (CommandClient client : clients) {
            client.close();
        }
    }

    @Test
    void a_command_that_only_shows_ends_with_the_process_that_asked() throws Exception {
        runner = this::holdOn;
        try (CommandClient client = send("status")) {
            FutureTask<CommandClient.Result> _ = result(client);
            seen.join();
        }
        interrupted.await();
        await().until(() -> !server.isBusy());
    }

    @Test
    void a_job_is_followed_to_its_end_though_the_process_that_asked_is_gone() throws Exception {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        runner = (order, stdout, stderr, onInterrupt) -> {
            int code = holdOn(order, stdout, stderr, onInterrupt);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                while (true) {
                    stdout.write('a');
                }
            });
            ended.complete(code);
            return code;
        };
        try (CommandClient client = send("run", "heat")) {
            FutureTask<CommandClient.Result> _ = result(client);
            seen.join();
        }
        goOn.countDown();
        assertThat(ended.join()).isEqualTo(4);
        assertThat(interrupted.getCount()).isEqualTo(1);
    }

    @Test
    void nobody_waits_for_a_process_that_hangs() throws Exception {
        Path silent = temp.resolve("silent");
        try (ServerSocketChannel _ =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(silent));
                CommandClient client = CommandClient.send(silent, order("run", "heat"))) {
            assertThat(client.await(out, err)).isEqualTo(new CommandClient.Result.NotRun());
        }
    }

    @Test
    void a_command_that_is_given_up_before_it_began_never_begins() throws Exception {
        runner = this::holdOn;
        try (CommandClient _ = send("run", "heat")) {
            await().until(server::isBusy);
        }
        await().until(() -> !server.isBusy());
        assertThat(seen).isNotDone();
    }

    @Test
    void a_command_that_is_interrupted_before_it_began_never_begins() throws Exception {
        runner = this::holdOn;
        try (CommandClient client = send("run", "heat")) {
            client.interrupt();
            assertThat(client.await(out, err)).isEqualTo(new CommandClient.Result.NotRun());
        }
        await().until(() -> !server.isBusy());
        assertThat(seen).isNotDone();
    }

    @Test
    void an_order_that_a_process_that_hangs_has_no_room_for_is_given_up() throws Exception {
        Path silent = temp.resolve("silent");
        String much = "x".repeat(4 << 20);
        try (ServerSocketChannel _ =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(silent))) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> CommandClient.send(silent, order("run", much)));
        }
    }
}
