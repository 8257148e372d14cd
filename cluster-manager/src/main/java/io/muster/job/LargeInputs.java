package io.muster.job;

import io.muster.agent.StagedFile;
import io.muster.api.Counted;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tells a user who sends more than a program usually needs where it comes from, before it is sent. */
final class LargeInputs {
    private static final int MANY_FILES = 1000;
    private static final long MANY_BYTES = 256L << 20;

    private LargeInputs() {}

    /** One sentence; empty for what is sent in a moment. */
    static Optional<String> describe(Collection<StagedFile> files) {
        Map<String, Amount> byFolder = new HashMap<>();
        Amount all = new Amount(0, 0);
        for (StagedFile file : files) {
            Amount one = new Amount(1, file.local().toFile().length());
            byFolder.merge(topFolder(file.relativePath()), one, Amount::plus);
            all = all.plus(one);
        }
        if (all.files <= MANY_FILES && all.bytes <= MANY_BYTES) {
            return Optional.empty();
        }
        boolean manyFiles = all.files > MANY_FILES;
        Map.Entry<String, Amount> most = byFolder.entrySet().stream()
                .max((a, b) -> manyFiles
                        ? Integer.compare(a.getValue().files, b.getValue().files)
                        : Long.compare(a.getValue().bytes, b.getValue().bytes))
                .orElseThrow();
        return Optional.of(all + " go to each node, of them " + most.getValue() + " in " + most.getKey()
                + "; --cp and --in name what is sent");
    }

    private static String topFolder(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? "the folder itself" : path.substring(0, slash) + "/";
    }

    private record Amount(int files, long bytes) {
        Amount plus(Amount other) {
            return new Amount(files + other.files, bytes + other.bytes);
        }

        @Override
        public String toString() {
            return Counted.of(files, "file") + " (" + (bytes >> 20) + " MiB)";
        }
    }
}
