package io.muster.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * A message-passing library of a cluster, and where its nodes have it from.
 *
 * @param runtime which one
 * @param version how its version must begin, as in {@code 4.1}; any when empty
 * @param home absolute folder of an installation on the nodes, or an archive on the manager's machine that is unpacked
 *     on each; empty: on {@code PATH}, or where packages put it
 * @param packages what the nodes' package manager installs for it
 * @param modules environment modules that are loaded before it is used, in this order
 */
public record RuntimeSpec(
        MpiRuntime runtime,
        Optional<String> version,
        Optional<String> home,
        List<String> packages,
        List<String> modules) {
    /** Muster's own, which needs nothing. */
    public static final RuntimeSpec MUSTER = of(MpiRuntime.MUSTER);

    static final String VERSION_REGEX = "[0-9]{1,6}(\\.[0-9A-Za-z]{1,20}){0,5}";
    static final String HOME_REGEX =
            "/[^\\p{Cntrl}:'\"\\\\ ]{0,400}" + "|[^/\\p{Cntrl}][^\\p{Cntrl}]{0,400}\\.(tar|tgz|tar\\.(gz|bz2|xz|zst))";
    static final String PACKAGE_REGEX = "[A-Za-z0-9][A-Za-z0-9+._:~=-]{0,200}";
    static final String MODULE_REGEX = "[A-Za-z0-9][A-Za-z0-9+._/@-]{0,200}";

    private static final Pattern ARCHIVE = Pattern.compile("\\.(tar|tgz|tar\\.(gz|bz2|xz|zst))$");

    /** Most packages or modules of one runtime. */
    static final int MAX_NAMES = 64;

    public RuntimeSpec {
        packages = List.copyOf(packages);
        modules = List.copyOf(modules);
        version.ifPresent(text -> check("version", VERSION_REGEX, text));
        home.ifPresent(text -> check("home", HOME_REGEX, text));
        packages.forEach(text -> check("package", PACKAGE_REGEX, text));
        modules.forEach(text -> check("module", MODULE_REGEX, text));
        boolean asksForMore = version.isPresent() || home.isPresent() || !packages.isEmpty() || !modules.isEmpty();
        if (runtime == MpiRuntime.MUSTER && asksForMore) {
            throw new IllegalArgumentException(
                    "runtime muster comes with Muster: it takes no version, home, packages or modules");
        }
    }

    /** A runtime that the nodes have at a usual place. */
    public static RuntimeSpec of(MpiRuntime runtime) {
        return new RuntimeSpec(runtime, Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    /** The archive on the manager's machine that the installation comes from; a relative path until it is placed. */
    public Optional<Path> archive() {
        return home.filter(text -> ARCHIVE.matcher(text).find()).map(Path::of);
    }

    /** The same with the path of its archive made absolute; {@code ~} is the user's home folder. */
    RuntimeSpec from(Path folder) {
        Optional<Path> archive = archive();
        if (archive.isEmpty()) {
            return this;
        }
        String path = archive.get().toString();
        Path placed = path.startsWith("~/")
                ? Path.of(System.getProperty("user.home"), path.substring(2))
                : folder.toAbsolutePath().resolve(path);
        return new RuntimeSpec(runtime, version, Optional.of(placed.normalize().toString()), packages, modules);
    }

    /** In words, as {@code openmpi (version 4.1, home /opt/openmpi)}. */
    @Override
    public String toString() {
        StringJoiner settings = new StringJoiner(", ", " (", ")").setEmptyValue("");
        version.ifPresent(text -> settings.add("version " + text));
        home.ifPresent(text -> settings.add("home " + text));
        if (!packages.isEmpty()) {
            settings.add("packages " + String.join(" ", packages));
        }
        if (!modules.isEmpty()) {
            settings.add("modules " + String.join(" ", modules));
        }
        return runtime.text() + settings;
    }

    private static void check(String what, String regex, String text) {
        if (!Pattern.matches(regex, text)) {
            throw new IllegalArgumentException(
                    "the " + what + " \"" + Printable.of(text) + "\" of a runtime has characters that it cannot have");
        }
    }
}
