package io.muster.provider.local;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the process that serves local nodes is started.
 *
 * @param javaExecutable the {@code java} to run
 * @param classPath class path with this package and its libraries
 * @param jvmOptions options after those that the provider gives, such as {@code -XX:AOTCache=...}
 */
public record JavaLaunch(Path javaExecutable, String classPath, List<String> jvmOptions) {

    public JavaLaunch {
        jvmOptions = List.copyOf(jvmOptions);
        // the node's process has another working folder
        classPath = Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The Java runtime and class path of this process. */
    public static JavaLaunch ofThisProcess() {
        return new JavaLaunch(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                List.of());
    }
}
