package io.muster.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a spawned rank learns from its launcher besides {@link RankEnvironment}; any other rank learns nothing. */
public final class ParentPort {
    private static final String FILE = "MUSTER_PARENT_FILE";
    private static final String PART = "MUSTER_APP_NUMBER";

    private ParentPort() {}

    /** Of a rank that was not spawned, though its launcher may have been started by one that was. */
    public static Map<String, String> none() {
        return Map.of(FILE, "", PART, "0");
    }

    /**
     * Of a spawned rank.
     *
     * @param file holds the port at which its parents accept it, mode 0600
     * @param part index of its program among those that were spawned with it
     */
    public static Map<String, String> variables(Path file, int part) {
        return Map.of(FILE, file.toString(), PART, Integer.toString(part));
    }

    /** The port, when the process with these variables was spawned. */
    public static Optional<String> read(Map<String, String> variables) throws IOException {
        String file = variables.getOrDefault(FILE, "");
        return file.isEmpty() ? Optional.empty() : Optional.of(Files.readString(Path.of(file)));
    }

    /** The index of the program of the process with these variables among those that were spawned together. */
    public static int part(Map<String, String> variables) {
        String number = variables.getOrDefault(PART, "");
        return number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0;
    }
}
