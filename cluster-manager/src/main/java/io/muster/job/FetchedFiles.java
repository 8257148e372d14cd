package io.muster.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The output files of a job that came back so far, written down one by one, so that a fetch that broke off goes on
 * where it stopped and knows which file of which content has which name. For one thread.
 */
final class FetchedFiles {
    private static final int DIGEST_CHARS = 64;

    private final Path list;
    private final Path folder;
    private final Map<String, String> digestOf = new LinkedHashMap<>();

    private FetchedFiles(Path list, Path folder) {
        this.list = list;
        this.folder = folder;
    }

    /**
     * Reads what is written down.
     *
     * @param list the file to keep it in; made with the first entry
     * @param folder where the files come back to
     */
    static FetchedFiles in(Path list, Path folder) throws IOException {
        FetchedFiles files = new FetchedFiles(list, folder);
        if (Files.exists(list)) {
            for (String line : Files.readAllLines(list)) {
                if (line.length() > DIGEST_CHARS + 1) {
                    files.digestOf.put(line.substring(DIGEST_CHARS + 1), line.substring(0, DIGEST_CHARS));
                }
            }
        }
        return files;
    }

    /** Where a node's file goes: under its own name, unless another node's of other content has that. */
    String nameFor(String relativePath, String sha256, String node) {
        String taken = digestOf.get(relativePath);
        return taken == null || taken.equals(sha256) ? relativePath : relativePath + "." + node;
    }

    /** Whether this content has come back under this name. */
    boolean has(String name, String sha256) {
        return sha256.equals(digestOf.get(name)) && Files.exists(folder.resolve(name));
    }

    /** Writes down that this content came back under this name. */
    void add(String name, String sha256) throws IOException {
        if (!sha256.equals(digestOf.put(name, sha256))) {
            // The break stands first: an entry that was cut off spoils none but itself, and its file is fetched again.
            String entry = "\n" + sha256 + " " + name;
            Files.writeString(
                    list, entry, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.DSYNC);
        }
    }

    /** The files that came back and are still there, sorted. */
    List<Path> present() {
        return digestOf.keySet().stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .sorted()
                .toList();
    }
}
