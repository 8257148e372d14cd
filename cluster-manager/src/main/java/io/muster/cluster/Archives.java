package io.muster.cluster;

import io.muster.agent.StagedFile;
import io.muster.launch.MpiLibrary;
import io.muster.launch.Program;
import io.muster.spec.RuntimeSpec;
import java.nio.file.Path;
import java.util.List;

/** A library that comes to the nodes as an archive. */
final class Archives {
    /** Name of the archive in the work folder of the job that unpacks it. */
    private static final String FILE = "library";

    /**
     * A shell script: {@code NAME}. Unpacks the archive beside the folder of the agent, under its hash, unless that is
     * there, and makes it the one of this name. One folder at the top of an archive is left out.
     */
    private static final String SCRIPT = """
            set -e
            base=$(cd ../../../.. && pwd)/libraries
            mkdir -p "$base"
            hash=$(sha256sum library | cut -c 1-20)
            if [ ! -d "$base/$hash" ]; then
              part=$base/part-$$
              trap 'rm -rf "$part"' EXIT
              mkdir "$part"
              tar -xf library -C "$part"
              top=$part
              if [ "$(ls -A "$part" | wc -l)" = 1 ] && [ ! -d "$part/bin" ] && [ ! -d "$part/lib" ]; then
                top=$part/$(ls -A "$part")
              fi
              if [ ! -d "$top/lib" ]; then
                echo "the archive has no folder lib, at its top or in its only folder" >&2
                exit 1
              fi
              mv -T "$top" "$base/$hash"
            fi
            ln -s "$hash" "$base/link-$$"
            mv -T "$base/link-$$" "$base/$1"
            """;

    private Archives() {}

    /** Where the library of a runtime lies on every node. */
    static String place(RuntimeSpec runtime) {
        return MpiLibrary.USER_HOME + ".muster/node/libraries/"
                + runtime.runtime().text();
    }

    static StagedFile staged(Path archive) {
        return new StagedFile(archive, FILE, false);
    }

    static Program unpack(RuntimeSpec runtime) {
        return new Program.Command(
                "sh", List.of("-c", SCRIPT, "unpack", runtime.runtime().text()));
    }
}
