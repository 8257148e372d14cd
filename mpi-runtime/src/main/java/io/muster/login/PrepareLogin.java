package io.muster.login;

import io.muster.agent.Member;
import io.muster.host.LibraryScripts;
import io.muster.launch.RuntimeHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a node ready for users who log in, as a job with one rank on every node:
 * {@code PrepareLogin ONE_MACHINE SETUP LAUNCHER "NAME ADDRESS PORT SLOTS"...}.
 */
public final class PrepareLogin {
    /** Line of a shell that reads the settings, if there are some. */
    public static final String SETTINGS =
            "if [ -r ~/.muster/node/login/settings ]; then . ~/.muster/node/login/settings; fi";

    private PrepareLogin() {}

    /** Writes the files of the node that it runs on. */
    public static void main(String[] args) throws IOException {
        List<Member> members = new ArrayList<>();
        for (String word : List.of(args).subList(3, args.length)) {
            String[] parts = word.split(" ", -1);
            members.add(new Member(parts[0], parts[1], Integer.parseInt(parts[2]), Integer.parseInt(parts[3])));
        }
        // A rank works in agent/jobs/ID/work.
        Path node = Path.of("../../../..").toRealPath();
        LoginFolder folder = new LoginFolder(node);
        boolean oneMachine = Boolean.parseBoolean(args[0]);
        String address = System.getenv().getOrDefault("MUSTER_NODE_ADDRESS", "");
        folder.write(settings(folder, oneMachine, args[1], address), args[2], launchAgent(folder), members);
    }

    private static String settings(LoginFolder folder, boolean oneMachine, String setup, String address) {
        String hosts = LibraryScripts.quoted(folder.node().resolve("hosts").toString());
        return """
            # Settings of Open MPI and MPICH for logins: their mpirun starts a rank for every slot of the cluster.
            %sPATH=%s:$PATH
            MUSTER_HOSTS=%s
            export OMPI_MCA_orte_default_hostfile="$MUSTER_HOSTS/hostfile.openmpi"
            export PRTE_MCA_prte_default_hostfile="$MUSTER_HOSTS/hostfile.openmpi"
            export HYDRA_HOST_FILE="$MUSTER_HOSTS/hostfile.mpich"
            unset MUSTER_HOSTS
            MUSTER_LAUNCH_AGENT=%s
            export OMPI_MCA_orte_leave_session_attached=1 PRTE_MCA_prte_leave_session_attached=1
            export HYDRA_LAUNCHER=rsh HYDRA_LAUNCHER_EXEC="$MUSTER_LAUNCH_AGENT"
            %sunset MUSTER_LAUNCH_AGENT
            if [ "$(id -u)" = 0 ]; then
              export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
              export PRTE_ALLOW_RUN_AS_ROOT=1 PRTE_ALLOW_RUN_AS_ROOT_CONFIRM=1
            fi
            if [ -e /.dockerenv ]; then export MPIR_CVAR_CH4_CMA_ENABLE=${MPIR_CVAR_CH4_CMA_ENABLE:-0}; fi
            """.formatted(
                        setup,
                        LibraryScripts.quoted(folder.commands().toString()),
                        hosts,
                        LibraryScripts.quoted(folder.launchAgent().toString()),
                        LibraryScripts.openMpi("\"$MUSTER_LAUNCH_AGENT\"", address)
                                + (oneMachine ? "export OMPI_MCA_btl=self,tcp\n" : ""));
    }

    private static String launchAgent(LoginFolder folder) {
        Stream<String> java = Stream.concat(
                Stream.concat(Stream.of(RuntimeHome.java().toString()), RuntimeHome.quietOptions().stream()),
                Stream.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        RuntimeHome.jar().toString(),
                        RunOnNode.class.getName(),
                        folder.node().toString()));
        return "#!/bin/sh\nwhile [ \"${1#-}\" != \"$1\" ]; do shift; done\nnode=$1\nshift\nexec "
                + java.map(LibraryScripts::quoted).collect(Collectors.joining(" ")) + " \"$node\" \"$*\"\n";
    }
}
