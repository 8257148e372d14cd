package io.muster.cli;

import io.muster.api.MusterApi;
import io.muster.cli.screen.Destination;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything that the command takes from outside itself.
 *
 * @param inputFile the file that {@code in} reads, if it reads one
 * @param charset what the terminal shows
 * @param folder where relative paths start
 * @param home state of Muster; need not exist
 * @param distribution the unpacked distribution; empty when classes run from elsewhere
 * @param started when the process that the user started did
 * @param api opens the manager on a home; called once, and only by commands that need it
 */
record Surroundings(
        Destination out,
        Destination err,
        InputStream in,
        Optional<Path> inputFile,
        Charset charset,
        Map<String, String> environment,
        Path folder,
        Path home,
        Optional<Path> distribution,
        Instant started,
        Function<Path, MusterApi> api) {

    /** How the user calls Muster. */
    String command() {
        return environment.getOrDefault("MUSTER_COMMAND", "muster");
    }
}
