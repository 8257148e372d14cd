package io.muster.agent;

import io.muster.launch.ProcessMark;
import io.muster.launch.RuntimeHome;
import io.muster.supervisor.SupervisorMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How supervisors are started.
 *
 * @param keys folder with the certificate and key of the cluster
 * @param mark of the agent, which they end with
 */
record SupervisorCommand(Path keys, ProcessMark mark) {
    /** A supervisor holds a queue of output and little else. */
    private static final List<String> JVM_OPTIONS = List.of(
            // The cache brings objects, for which the first heap must have room.
            "-Xms16m",
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Djdk.reflect.useNativeAccessorOnly=true",
            "--enable-native-access=ALL-UNNAMED");

    /** That of a job. */
    ProcessBuilder of(JobFolder folder) {
        return builder(List.of(folder.path().toString(), keys.toString()))
                .redirectError(folder.supervisorLog().toFile());
    }

    /** One that waits for its job, with an agent that it can reach. */
    ProcessBuilder spare(String address, int agentPort) {
        return builder(List.of(SupervisorMain.SPARE, keys.toString(), address, Integer.toString(agentPort)));
    }

    private ProcessBuilder builder(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(RuntimeHome.java().toString()));
        command.addAll(RuntimeHome.startOptions(RuntimeHome.Role.SUPERVISOR));
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-cp", RuntimeHome.jar().toString(), SupervisorMain.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        mark.putInto(builder.environment());
        return builder;
    }
}
