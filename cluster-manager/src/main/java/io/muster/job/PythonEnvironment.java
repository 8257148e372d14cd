package io.muster.job;

import io.muster.agent.StagedFile;
import io.muster.launch.MpiLibrary;
import io.muster.launch.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A virtual environment of Python that every node of a job has, made from a requirements file and kept for later jobs
 * with the same one.
 *
 * @param name of its folder, from the content of the requirements file and of the wheels among the inputs
 * @param requirements the requirements file in the work folder of the job
 */
record PythonEnvironment(String name, String requirements) {
    private static final int NAME_CHARS = 20;

    /** Where environments are, seen from the work folder of a job: beside the folder of the agent. */
    private static final String PLACE = "\"$(cd ../../../.. && pwd)/python/\"";

    /**
     * Makes the environment unless it is there: {@code JOB NAME REQUIREMENTS}. It is made where it stays, as its
     * scripts name their place.
     */
    private static final String MAKE = """
            cd "../../$1/work" || exit 1
            place=%s"$2"
            mkdir -p "${place%%/*}" || exit 1
            exec 9>"${place%%/*}/lock"
            if command -v flock >/dev/null; then flock 9; fi
            [ -e "$place/complete" ] && exit 0
            python=$(command -v python3 || command -v python) || {
              echo "node $MUSTER_NODE_NAME has no python3" >&2
              exit 127
            }
            rm -rf "$place"
            "$python" -m venv "$place" || exit 1
            "$place/bin/python" -m pip install --disable-pip-version-check --no-input -q -r "$3" || exit 1
            : >"$place/complete"
            """.formatted(PLACE);

    /** Debian's MPICH has another name than the one that mpi4py is linked with: it gets that one here. */
    private static final String MPICH = """
            export MPI4PY_MPIABI=${MPI4PY_MPIABI:-mpich}
            if ! ls $(echo "${LD_LIBRARY_PATH-}" | tr : ' ') 2>/dev/null | grep -qx libmpi.so.12; then
              for file in /usr/lib/*-linux-gnu/libmpich.so.12; do
                if [ -e "$file" ]; then
                  link=$VIRTUAL_ENV/mpich/libmpi.so.12
                  mkdir -p "${link%/*}"
                  [ -e "$link" ] || ln -s "$file" "$link" 2>/dev/null
                  export LD_LIBRARY_PATH="$VIRTUAL_ENV/mpich${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
                fi
              done
            fi
            """;

    static PythonEnvironment of(String requirements, List<StagedFile> staged) throws IOException {
        MessageDigest digest = sha256();
        List<StagedFile> parts = staged.stream()
                .filter(file -> file.relativePath().equals(requirements)
                        || file.relativePath().endsWith(".whl"))
                .sorted(Comparator.comparing(StagedFile::relativePath))
                .toList();
        for (StagedFile part : parts) {
            digest.update(sha256().digest(Files.readAllBytes(part.local())));
        }
        return new PythonEnvironment(HexFormat.of().formatHex(digest.digest()).substring(0, NAME_CHARS), requirements);
    }

    /** What makes it on a node, run in another job's work folder. */
    Program make(String jobId) {
        return new Program.Command("sh", List.of("-c", MAKE, "python", jobId, name, requirements));
    }

    /**
     * Lines of a shell that put its {@code python} first; the current folder is the job's work folder. The wheels of
     * mpi4py bring no MPI library: they take the one that they are told.
     */
    String activation(MpiLibrary library) {
        String abi = switch (library.kind()) {
            case OPEN_MPI -> "export MPI4PY_MPIABI=${MPI4PY_MPIABI:-openmpi}\n";
            case MPICH -> MPICH;
            case MUSTER, MPJ_EXPRESS -> "";
        };
        return "VIRTUAL_ENV=" + PLACE + name + "\nPATH=$VIRTUAL_ENV/bin:$PATH\nexport VIRTUAL_ENV PATH\n" + abi;
    }

    /** The program with this environment around it. */
    Program around(Program.Command program, MpiLibrary library) {
        List<String> words = new ArrayList<>(List.of("-c", activation(library) + "exec \"$@\"", "python"));
        Stream.concat(Stream.of(program.command()), program.arguments().stream())
                .forEach(words::add);
        return new Program.Command("sh", words);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
