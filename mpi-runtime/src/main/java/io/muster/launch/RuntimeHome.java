package io.muster.launch;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;

/** Where the runtime that runs this process lies: what runs other processes of ours, too. */
public final class RuntimeHome {
    /**
     * Options with which a JVM uses the class data archive where it fits, and warns on standard error: by default it
     * warns on standard output, in the middle of what the program writes.
     */
    public static final List<String> QUIET_JVM =
            List.of("-Xshare:auto", "-Xlog:disable", "-Xlog:all=warning:stderr:tags");

    private RuntimeHome() {}

    /** The {@code java} launcher. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The jar, or the folder of classes, that this class was loaded from. */
    public static Path jar() {
        CodeSource source = RuntimeHome.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the runtime lies at a strange place: " + source, e);
        }
    }
}
