package io.muster.cli;

import java.util.Map;
import java.util.Optional;

/** What people type who come from another tool, and what does it here. */
final class Habits {
    private static final String STATUS = "muster status";
    private static final String UP = "muster up FILE.yaml";
    private static final String DOWN = "muster down CLUSTER";
    private static final String RUN = "muster run CLUSTER -n RANKS -- PROGRAM";

    private static final Map<String, String> COMMANDS = Map.ofEntries(
            Map.entry("squeue", "muster jobs"),
            Map.entry("queue", "muster jobs"),
            Map.entry("sacct", "muster jobs"),
            Map.entry("sinfo", STATUS),
            Map.entry("scontrol", STATUS),
            Map.entry("list", STATUS),
            Map.entry("ls", STATUS),
            Map.entry("ps", STATUS),
            Map.entry("list-clusters", STATUS),
            Map.entry("sbatch", "muster submit CLUSTER -n RANKS -- ./job.sh"),
            Map.entry("srun", RUN),
            Map.entry("exec", RUN),
            Map.entry("mpiexec", "muster mpirun -n RANKS PROGRAM, or on a cluster: " + RUN),
            Map.entry("scancel", "muster cancel JOB"),
            Map.entry("kill", "muster cancel JOB"),
            Map.entry("launch", UP),
            Map.entry("create", UP),
            Map.entry("start", UP),
            Map.entry("create-cluster", UP),
            Map.entry("delete", DOWN),
            Map.entry("destroy", DOWN),
            Map.entry("stop", DOWN),
            Map.entry("terminate", DOWN),
            Map.entry("delete-cluster", DOWN),
            Map.entry("resize", "muster scale CLUSTER --nodes N"),
            Map.entry("login", "muster ssh CLUSTER"));

    private static final String PLACES =
            "ranks are placed on free slots, node after node; --per-node K limits those of a" + " node";

    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("-N", PLACES),
            Map.entry("--nodes", PLACES),
            Map.entry("--hostfile", PLACES),
            Map.entry("-hostfile", PLACES),
            Map.entry("--machinefile", PLACES),
            Map.entry("-machinefile", PLACES),
            Map.entry("--host", PLACES),
            Map.entry("-J", "--name NAME"),
            Map.entry("--job-name", "--name NAME"),
            Map.entry("-t", "--time TIME, as in --time 30m"),
            Map.entry("-p", "the cluster is the first argument"),
            Map.entry("--partition", "the cluster is the first argument"),
            Map.entry("-o", "redirect the standard output, or read it later: muster logs JOB"),
            Map.entry("-i", "--stdin FILE"),
            Map.entry("--input", "--stdin FILE, or files for every node: --in GLOB"));

    private Habits() {}

    /** What does here what the command does elsewhere. */
    static Optional<String> ofCommand(String typed) {
        return Optional.ofNullable(COMMANDS.get(typed)).map(here -> "here it is: " + here);
    }

    /** What does here what the option does elsewhere. */
    static Optional<String> ofJobOption(String typed) {
        return Optional.ofNullable(OPTIONS.get(typed)).map(here -> "here: " + here);
    }
}
