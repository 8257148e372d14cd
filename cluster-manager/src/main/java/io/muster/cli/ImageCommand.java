package io.muster.cli;

import io.muster.spec.ClusterSpec;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "image",
        header = "Make images for nodes where no registry can be reached.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mmdebstrap --variant=minbase --include=openssh-server bookworm rootfs.tar",
            "  muster image import rootfs.tar"
        })
final class ImageCommand implements Runnable {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    ImageCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: import");
    }

    @Command(
            name = "import",
            header = "Take a root file system as the base of the images of nodes.",
            description = "Clusters that are brought up from now on, and name no image, start from it.")
    int importBase(
            @Parameters(paramLabel = "ROOTFS.tar", description = "A tar archive of a whole system.")
                    Path rootFileSystem,
            @Option(
                            names = "--provider",
                            paramLabel = "NAME",
                            defaultValue = ClusterSpec.DOCKER,
                            description = "Whose nodes it is for (default: ${DEFAULT-VALUE}).")
                    String provider) {
        session.api().importImage(provider, session.folder().resolve(rootFileSystem));
        session.screen().say("imported " + rootFileSystem + " as the base image of provider " + provider);
        return ExitCode.DONE;
    }
}
