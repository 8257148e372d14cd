package io.muster.launch;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;

/** Where the runtime that runs this process lies: what runs other processes of ours, too. */
public final class RuntimeHome {
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
