package io.muster.host;

import io.muster.launch.Folders;
import io.muster.launch.ParentPort;
import io.muster.launch.Program;
import io.muster.wireup.SpawnPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ranks of a spawned world on this node: what each runs, and how it finds its parents. */
final class SpawnedRanks {
    private final RankHostOrder order;
    private final SpawnedWorld world;
    private final Path workFolder;
    private final Path portFile;

    /** Writes the port of the parents into {@code sharedFolder}, where only the user can read it. */
    SpawnedRanks(RankHostOrder order, SpawnedWorld world, Path workFolder, Path sharedFolder) throws IOException {
        this.order = order;
        this.world = world;
        this.workFolder = workFolder;
        this.portFile = sharedFolder.resolve("parents");
        Folders.writePrivate(portFile, world.parentPort().getBytes(StandardCharsets.UTF_8));
    }

    /** How these ranks are started; none is, when one cannot be. */
    List<RankStart> of(List<Integer> ranks) throws IOException {
        List<RankStart> starts = new ArrayList<>();
        for (int rank : ranks) {
            starts.add(of(rank));
        }
        return starts;
    }

    /**
     * How a rank is started.
     *
     * @throws IOException when its program or folder is not there; the message says what is missing
     */
    private RankStart of(int rank) throws IOException {
        int index = world.partOf(rank);
        SpawnPart part = world.parts().get(index);
        Path folder = part.folder().map(workFolder::resolve).orElse(workFolder);
        if (!Files.isDirectory(folder)) {
            throw new IOException("the folder " + folder + " is not there");
        }
        List<String> options = Stream.concat(order.jvmOptions().stream(), part.jvmOptions().stream())
                .toList();
        // Class paths and jars are those of the parents, which run in the work folder.
        Path base = part.program() instanceof Program.Command ? folder : workFolder;
        Program program = found(part, folder);
        Optional<String> problem = ProgramCommand.problem(program, base);
        if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
        return new RankStart(
                ProgramCommand.of(program, order.library(), options, base),
                folder,
                ParentPort.variables(portFile, index));
    }

    /** With the place of a command that is in one of the folders to look into. */
    private static Program found(SpawnPart part, Path folder) {
        if (!(part.program() instanceof Program.Command command)
                || command.command().contains("/")) {
            return part.program();
        }
        return part.path().stream()
                .map(each -> folder.resolve(each).resolve(command.command()))
                .filter(Files::isExecutable)
                .findFirst()
                .map(file -> new Program.Command(file.toString(), command.arguments()))
                .orElse(command);
    }
}
