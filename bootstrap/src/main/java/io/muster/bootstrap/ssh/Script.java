package io.muster.bootstrap.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A POSIX shell script that runs on a node. It travels inside the command, because its standard input belongs to the
 * data it reads; it and its arguments are visible on the node and carry no secret.
 *
 * @param text the script
 */
public record Script(String text) {
    /** Reads a script that lies beside a class, in one file or several that follow each other. */
    public static Script of(Class<?> beside, String... names) {
        return new Script(Stream.of(names).map(name -> read(beside, name)).collect(Collectors.joining("\n")));
    }

    private static String read(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no script " + name + " beside " + beside.getName());
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command that runs the script with the given {@code $1}, {@code $2}, …. */
    public String command(String... arguments) {
        return Stream.concat(Stream.of(text, "muster"), Stream.of(arguments))
                .map(Script::quote)
                .collect(Collectors.joining(" ", "exec /bin/sh -c ", ""));
    }

    private static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
