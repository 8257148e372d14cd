package io.muster.host;

import io.muster.launch.MpiLibrary;
import io.muster.launch.ProcessMark;
import io.muster.launch.StandardInput;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * The shell scripts through which a library that has a launcher of its own starts ranks on this node. All but
 * one lie in the shared folder of the job, which {@code MUSTER_SHARED_FOLDER} names on each node:
 *
 * <pre>
 *  node of rank 0                                             every node of the job
 *  launch ──▶ mpirun ──▶ agent NODE COMMAND ··· events ···▶  spawn COMMAND ──▶ orted, hydra_pmi_proxy
 *                                                                               │ one a rank
 *                                                             rank ◀────────────┘
 *                                              events ◀···    │  stdout, stderr through out-RANK, err-RANK
 *                                                             program
 * </pre>
 */
public final class LibraryScripts {
    /** Variable that says what each rank is bound to, as {@code core}; they are not bound without it. */
    public static final String BIND_TO = "MUSTER_BIND_TO";

    /** Named pipe in which scripts tell what they do, a line each. */
    static final String EVENTS = "events";

    /** Starts the launcher. */
    static final String LAUNCH = "launch";

    /** Called by the launcher in place of {@code ssh}; not in shared memory, where containers execute nothing. */
    static final String AGENT = "launch-agent";

    /** Runs a command that a launcher wants on this node. */
    static final String SPAWN = "spawn";

    /** What the launcher starts for each rank. */
    static final String RANK = "rank";

    /** The program of a rank. */
    static final String PROGRAM = "program";

    /** The launcher's host file. */
    static final String HOSTS = "hosts";

    /** Stands for the agent on other nodes, where nothing calls it, but Open MPI looks whether it is there. */
    static final String NO_AGENT = "/bin/sh";

    private static final String SETUP = "setup";
    private static final String LOOPBACK = "127.0.0.0/8";

    private static final String MODULES = """
            for file in /etc/profile.d/modules.sh /etc/profile.d/lmod.sh /usr/share/modules/init/sh; do
              if ! command -v module >/dev/null 2>&1 && [ -r "$file" ]; then . "$file"; fi
            done
            if ! command -v module >/dev/null 2>&1; then
              echo "node $MUSTER_NODE_NAME has no environment modules, but the runtime names one" >&2
              exit 127
            fi
            """;

    /** The launcher's own temporary files go with the job; those of the program do not belong into shared memory. */
    private static final String OWN_TEMPORARY = """
            MUSTER_TMPDIR=${TMPDIR-}
            TMPDIR=$MUSTER_SHARED_FOLDER
            export MUSTER_TMPDIR TMPDIR
            """;

    private static final String START_RANK = "'exec /bin/sh \"$MUSTER_SHARED_FOLDER/rank\"'";

    private LibraryScripts() {}

    /** A word, made for a shell. */
    public static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** A path for a shell, from the home folder of its user where it begins so. */
    private static String path(String path) {
        return path.startsWith(MpiLibrary.USER_HOME) ? "\"$HOME\"" + quoted(path.substring(1)) : quoted(path);
    }

    /** Lines of a shell that make the library's commands and libraries found; other scripts begin with them. */
    public static String setup(MpiLibrary library) {
        StringBuilder script = new StringBuilder();
        if (!library.modules().isEmpty()) {
            script.append(MODULES);
            library.modules()
                    .forEach(module ->
                            script.append("module load ").append(quoted(module)).append(" || exit 127\n"));
        }
        String folders = library.home()
                .map(LibraryScripts::path)
                .orElse(
                        switch (library.kind()) {
                            case OPEN_MPI -> "/usr/lib64/mpi/gcc/openmpi* /usr/lib64/openmpi";
                            case MPICH -> "/usr/lib64/mpi/gcc/mpich /usr/lib64/mpich";
                            case MUSTER, MPJ_EXPRESS -> "";
                        });
        String mark = switch (library.kind()) {
            case OPEN_MPI -> "Open MPI|OpenRTE|PRTE|prte";
            case MPICH -> "HYDRA|Intel\\(R\\) MPI";
            case MUSTER, MPJ_EXPRESS -> "";
        };
        if (library.kind() == MpiLibrary.Kind.OPEN_MPI) {
            // It looks for its parts where it was configured for, not where an archive was unpacked.
            library.home()
                    .filter(home -> home.startsWith(MpiLibrary.USER_HOME))
                    .ifPresent(home -> script.append("export OPAL_PREFIX=")
                            .append(path(home))
                            .append('\n'));
        }
        return script.append(find(folders, mark)).toString();
    }

    /**
     * Where packages of Linux distributions put a library that is not on {@code PATH}: Fedora and its kin, SUSE. The
     * functions print the first command of those given that belongs to the library.
     */
    private static String find(String folders, String mark) {
        return """
            for folder in %s; do
              if [ -d "$folder/bin" ]; then
                PATH=$folder/bin:$PATH
                LD_LIBRARY_PATH=$folder/lib:$folder/lib64${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
              fi
            done
            export PATH LD_LIBRARY_PATH
            find_launcher() {
              for name in "$@"; do
                if command -v "$name" >/dev/null 2>&1 && "$name" --version 2>&1 | grep -qE '%s'; then
                  command -v "$name"
                  return
                fi
              done
              return 1
            }
            """.formatted(folders, mark);
    }

    private static String begin() {
        return ". \"$MUSTER_SHARED_FOLDER/" + SETUP + "\"\n" + OWN_TEMPORARY;
    }

    /** The file that {@link #setup} is kept in. */
    static String setupFile() {
        return SETUP;
    }

    static String spawn() {
        return begin() + "exec /bin/sh -c \"$1\"\n";
    }

    static String agent(Path folder) {
        return """
            #!/bin/sh
            dir=%s
            while [ "${1#-}" != "$1" ]; do shift; done
            node=$1
            shift
            printf '%%s' "$*" >"$dir/command-$$"
            mkfifo -m 600 "$dir/reply-$$"
            echo "spawn $$ $node" >"$dir/events"
            read -r code <"$dir/reply-$$"
            exit "${code:-1}"
            """.formatted(quoted(folder.toString()));
    }

    static String program(List<String> command, Path workFolder, StandardInput stdin) {
        String first = command.getFirst();
        String check = first.contains("/")
                ? ""
                : "command -v " + quoted(first) + " >/dev/null || { echo " + quoted("there is no command " + first)
                        + "\" on PATH of node $MUSTER_NODE_NAME\" >&2; exit 127; }\n";
        String input = switch (stdin) {
            case StandardInput.OfFile file ->
                "if [ \"$MUSTER_RANK\" = " + StandardInput.RANK + " ]; then exec <" + quoted(file.path()) + "; fi\n";
            case StandardInput.Empty _, StandardInput.Inherited _ -> "";
        };
        // A shell that waits for a rank says on standard error how it was ended, which is not for the user.
        return "exec 2>\"$MUSTER_SHARED_FOLDER/err-$MUSTER_RANK\"\n"
                + "echo \"runs $MUSTER_RANK $$\" >\"$MUSTER_SHARED_FOLDER/"
                + EVENTS + "\"\ncd "
                + quoted(workFolder.toString()) + " || exit 127\n" + input + check + "exec "
                + command.stream().map(LibraryScripts::quoted).collect(Collectors.joining(" ")) + "\n";
    }

    /**
     * Shared memory of Open MPI lies in files that are named by host and job, so local nodes need a folder each.
     * %1$s are the ranks of this node, and each is told its number there.
     * Ranks of a container may not read each other's memory, which MPICH takes for granted.
     * With more ranks than processors a rank that waits lets others have its processor.
     */
    static String rank(RankHostOrder order, ProcessMark mark) {
        boolean crowded = order.ranks().size() > Runtime.getRuntime().availableProcessors();
        return """
            dir=$MUSTER_SHARED_FOLDER
            rank=${OMPI_COMM_WORLD_RANK:-${PMIX_RANK:-${PMI_RANK:-}}}
            index=0
            for each in %1$s none; do
              [ "$each" = "$rank" ] && break
              index=$((index + 1))
            done
            if [ "$each" = none ]; then
              echo "rank '$rank' was not expected on node $MUSTER_NODE_NAME" >&2
              exit 1
            fi
            MUSTER_RANK=$rank MUSTER_LOCAL_RANK=$index
            export MUSTER_RANK MUSTER_LOCAL_RANK
            for parameter in btl_vader btl_sm osc_rdma osc_sm; do
              export "OMPI_MCA_${parameter}_backing_directory=$dir"
            done
            export %2$s
            %3$s
            if [ -e /.dockerenv ]; then export MPIR_CVAR_CH4_CMA_ENABLE=${MPIR_CVAR_CH4_CMA_ENABLE:-0}; fi
            if [ -n "$MUSTER_TMPDIR" ]; then TMPDIR=$MUSTER_TMPDIR; else unset TMPDIR; fi
            unset MUSTER_TMPDIR
            echo "opens $rank" >"$dir/events"
            /bin/sh "$dir/program" </dev/null >"$dir/out-$rank" 2>/dev/null
            code=$?
            echo "ended $rank $code" >"$dir/events"
            exit $code
            """.formatted(
                        order.ranks().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                        mark.text(),
                        crowded ? "export OMPI_MCA_mpi_yield_when_idle=1" : "");
    }

    static String hosts(RankHostOrder order) {
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        for (LaunchHost host : order.launchHosts()) {
            lines.add(
                    switch (order.library().kind()) {
                        case OPEN_MPI -> host.name() + " slots=" + host.ranks();
                        default -> host.name() + ":" + host.ranks();
                    });
        }
        return lines.toString();
    }

    /**
     * Starts the launcher, with {@link #AGENT} in place of ssh. Daemons of Open MPI stay in the foreground, so that
     * what keeps one from starting is heard, and there are as many calls under way as nodes.
     */
    static String launch(RankHostOrder order, Path agent) {
        return switch (order.library().kind()) {
            case OPEN_MPI ->
                begin()
                        + findLauncher(order.library())
                        + """
                    agent=%s
                    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
                    export PRTE_ALLOW_RUN_AS_ROOT=1 PRTE_ALLOW_RUN_AS_ROOT_CONFIRM=1
                    %sexec "$launcher" --hostfile "$MUSTER_SHARED_FOLDER/hosts" -np %d \\
                      --bind-to "${MUSTER_BIND_TO:-none}${MUSTER_BIND_TO:+:overload-allowed}" \\
                      --leave-session-attached /bin/sh -c %s
                    """.formatted(
                                        quoted(agent.toString()),
                                        openMpi("\"$agent\"", order.nodeAddress()),
                                        order.size(),
                                        START_RANK);
            case MPICH ->
                begin()
                        + findLauncher(order.library())
                        + """
                    exec "$launcher" -launcher rsh -launcher-exec %s -localhost %s \\
                      -f "$MUSTER_SHARED_FOLDER/hosts" -np %d -genvnone ${MUSTER_BIND_TO:+-bind-to "$MUSTER_BIND_TO"} \\
                      /bin/sh -c %s
                    """.formatted(
                                quoted(agent.toString()), quoted(order.nodeAddress()), order.size(), START_RANK);
            case MUSTER, MPJ_EXPRESS ->
                throw new IllegalArgumentException(order.library().kind().title() + " has no launcher");
        };
    }

    /** A script that is the launcher of a library, whatever {@code PATH} finds first. */
    public static String launcher(MpiLibrary library) {
        return "#!/bin/sh\n" + setup(library) + findLauncher(library) + "exec \"$launcher\" \"$@\"\n";
    }

    /** Sets {@code launcher}. In the folder that the user has named, if there is one, and nowhere else. */
    private static String findLauncher(MpiLibrary library) {
        List<String> names = switch (library.kind()) {
            case OPEN_MPI -> List.of("mpirun.openmpi", "mpirun");
            case MPICH -> List.of("mpiexec.hydra", "mpiexec.mpich", "mpiexec", "mpirun");
            case MUSTER, MPJ_EXPRESS ->
                throw new IllegalArgumentException(library.kind().title() + " has no launcher");
        };
        String candidates = names.stream()
                .map(name -> library.home().map(home -> home + "/bin/" + name).orElse(name))
                .map(LibraryScripts::path)
                .collect(Collectors.joining(" "));
        return """
            launcher=$(find_launcher %s) || {
              echo "node $MUSTER_NODE_NAME has no %s%s: install its package, or say in the sizing file where it is" \
                "(home: or modules: of the runtime)" >&2
              exit 127
            }
            """.formatted(
                        candidates,
                        library.kind().title(),
                        library.home().map(home -> " in " + home).orElse(""));
    }

    /**
     * Lines of a shell that make Open MPI call a launch agent, for all nodes by itself, and use one network.
     *
     * @param agent the launch agent, as a word of the shell
     * @param address of this node in the network
     */
    public static String openMpi(String agent, String address) {
        return """
            export OMPI_MCA_plm_rsh_agent=%1$s PRTE_MCA_plm_ssh_agent=%1$s
            export OMPI_MCA_plm_rsh_no_tree_spawn=1 PRTE_MCA_plm_ssh_no_tree_spawn=1
            export OMPI_MCA_plm_rsh_num_concurrent=65536 PRTE_MCA_plm_ssh_num_concurrent=65536
            %2$s""".formatted(agent, openMpiNetwork(address));
    }

    /**
     * The network that the nodes share, so that no other one is taken by mistake, as that of a Docker bridge. The
     * daemons of Open MPI 5 do not take loopback, and reach each other on one machine without being told how.
     */
    private static String openMpiNetwork(String address) {
        return network(address)
                .map(network -> "export OMPI_MCA_btl_tcp_if_include=" + network + " OMPI_MCA_oob_tcp_if_include="
                        + network + (network.equals(LOOPBACK) ? "" : " PRTE_MCA_prte_if_include=" + network) + "\n")
                .orElse("");
    }

    /** The network with this address, as {@code 172.18.0.0/16}. */
    static Optional<String> network(String address) {
        try {
            InetAddress own = InetAddress.getByName(address);
            NetworkInterface card = NetworkInterface.getByInetAddress(own);
            if (own.isLoopbackAddress()) {
                return Optional.of(LOOPBACK);
            }
            if (card == null) {
                return Optional.empty();
            }
            return card.getInterfaceAddresses().stream()
                    .filter(each -> each.getAddress().equals(own))
                    .map(LibraryScripts::network)
                    .findFirst();
        } catch (UnknownHostException | SocketException e) {
            return Optional.empty();
        }
    }

    private static String network(InterfaceAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        int prefix = address.getNetworkPrefixLength();
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + prefix;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
