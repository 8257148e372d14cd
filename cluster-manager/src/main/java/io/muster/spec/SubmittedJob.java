package io.muster.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * A job as it was submitted, in the form in which it is kept.
 *
 * @param spec what the user wanted
 * @param folder absolute folder of the manager that relative paths start from and outputs come back to
 * @param nodes names of the nodes that it was placed on, the head node first
 * @param ranksOnNodes how many ranks each of these nodes has; empty in what an older version kept
 */
public record SubmittedJob(JobSpec spec, String folder, List<String> nodes, List<Integer> ranksOnNodes) {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().addMixIn(Program.class, ProgramKinds.class).build();

    public SubmittedJob {
        nodes = List.copyOf(nodes);
        ranksOnNodes = Objects.isNull(ranksOnNodes) ? List.of() : List.copyOf(ranksOnNodes);
    }

    public String toJson() {
        return MAPPER.writeValueAsString(this);
    }

    /** Reads what {@link #toJson} wrote. */
    public static SubmittedJob fromJson(String json) {
        return MAPPER.readValue(json, SubmittedJob.class);
    }

    /** How many ranks of the job this node has, as far as it is known. */
    public int ranksOn(String node) {
        int index = nodes.indexOf(node);
        return index >= 0 && index < ranksOnNodes.size() ? ranksOnNodes.get(index) : 0;
    }

    /** The program and its arguments, as a user would type them. */
    public String commandLine() {
        Program program = spec.program();
        String first = switch (program) {
            case Program.Jar jar -> jar.path();
            case Program.MainClass main -> main.name();
            case Program.Command command -> command.words().getFirst();
        };
        return program.args().isEmpty() ? first : first + " " + String.join(" ", program.args());
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Program.Jar.class, name = "jar"),
        @JsonSubTypes.Type(value = Program.MainClass.class, name = "class"),
        @JsonSubTypes.Type(value = Program.Command.class, name = "command")
    })
    private interface ProgramKinds {}
}
