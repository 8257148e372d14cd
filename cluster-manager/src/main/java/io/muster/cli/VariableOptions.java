package io.muster.cli;

import io.muster.api.MusterException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The variables that ranks get. A secret need not stand in the command line, where other users read it. */
final class VariableOptions {
    private static final String NEXT = "write NAME=VALUE, or NAME for one of the environment of this command";

    @Option(
            names = {"--env", "-x"},
            paramLabel = "NAME[=VALUE]",
            description = {
                "A variable for every rank; without =VALUE, it has the value that it has here.",
                "May be given again."
            })
    private List<String> variables = new ArrayList<>();

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = {
                "A file of such variables, one a line; lines that begin with # are comments.",
                "May be given again. --env comes after it."
            })
    private List<Path> files = new ArrayList<>();

    /** All of them in their order; a later one replaces an earlier one of the same name. */
    Map<String, String> variables(Surroundings surroundings) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Path file : files) {
            List<String> lines = lines(surroundings.folder().resolve(file));
            for (int line = 0; line < lines.size(); line++) {
                String text = lines.get(line).strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    add(text, file + " line " + (line + 1), surroundings.environment(), all);
                }
            }
        }
        variables.forEach(text -> add(text, "--env", surroundings.environment(), all));
        return all;
    }

    /** The value is not shown: it may be a secret. */
    private static void add(String text, String where, Map<String, String> own, Map<String, String> all) {
        int equals = text.indexOf('=');
        if (equals == 0) {
            throw Failures.wrongInput("a variable has no name", where, "nothing before =", NEXT);
        }
        if (equals > 0) {
            all.put(text.substring(0, equals), text.substring(equals + 1));
            return;
        }
        String value = own.get(text);
        if (value == null) {
            throw Failures.wrongInput("the variable " + text + " has no value", where, "it is not set here", NEXT);
        }
        all.put(text, value);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            String why = switch (e) {
                case NoSuchFileException _ -> "no such file";
                case MalformedInputException _ -> "it is not UTF-8 text";
                default -> String.valueOf(e.getMessage());
            };
            throw new MusterException(
                    MusterException.Kind.INPUT,
                    "the file with variables cannot be read",
                    file.toString(),
                    why,
                    "check the path of --env-file; it starts from the current folder",
                    e);
        }
    }
}
