package io.muster.proof;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mpi.MPI;

/**
 * One rank of MPJ Express. Compiled against Muster's own package {@code mpi}, whose names are the same; at run time the
 * library's comes first.
 */
public final class MpjExpressProof {
    private static final Pattern VERSION_IN_NAME = Pattern.compile("(\\d+[.\\d]*\\d)\\.jar$");

    private MpjExpressProof() {}

    /** Runs the proof; throws when something does not fit, and then exits with 1. */
    public static void main(String[] arguments) throws IOException, URISyntaxException {
        Proof.version(version());
        MPI.Init(arguments);
        int[] rank = {MPI.COMM_WORLD.Rank()};
        int size = MPI.COMM_WORLD.Size();
        int[] sum = new int[1];
        MPI.COMM_WORLD.Allreduce(rank, 0, sum, 0, 1, MPI.INT, MPI.SUM);
        Proof.check(size, sum[0]);
        MPI.Finalize();
    }

    /** The library does not say; packages name its jar, or what the jar is a link to, after the version. */
    private static String version() throws IOException, URISyntaxException {
        CodeSource source = MPI.class.getProtectionDomain().getCodeSource();
        Path jar = Path.of(source.getLocation().toURI()).toRealPath();
        Matcher found = VERSION_IN_NAME.matcher(jar.toString());
        return found.find() ? found.group(1) : "unknown";
    }
}
