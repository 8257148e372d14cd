package io.muster.bootstrap.bundle;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Collects the entries of a bundle from folders and files of this machine, sorted by path. */
final class BundleTree {
    private final List<BundleFile> entries = new ArrayList<>();

    List<BundleFile> sorted() {
        return entries.stream().sorted(Comparator.comparing(BundleFile::path)).toList();
    }

    void addFolder(String name) {
        entries.add(new BundleFile.Folder(name));
    }

    /** Adds a file, or a folder with all that is in it, under the given name. */
    void add(Path source, String name) throws IOException {
        // A link at the top is the caller's way of naming things; links further down belong to the tree.
        Path top = source.toRealPath();
        Files.walkFileTree(top, EnumSet.noneOf(FileVisitOption.class), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                entries.add(new BundleFile.Folder(nameOf(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink() && staysInside(top, file)) {
                    entries.add(new BundleFile.Link(
                            nameOf(file), Files.readSymbolicLink(file).toString()));
                } else {
                    entries.add(content(nameOf(file), file));
                }
                return FileVisitResult.CONTINUE;
            }

            private String nameOf(Path path) throws IOException {
                String below = top.relativize(path).toString();
                return checked(below.isEmpty() ? name : name + "/" + below);
            }
        });
    }

    /** A link that leads out of the tree would dangle on the node; what it points to is packed instead. */
    private static boolean staysInside(Path top, Path link) throws IOException {
        Path target = Files.readSymbolicLink(link);
        return !target.isAbsolute() && link.resolveSibling(target).normalize().startsWith(top);
    }

    private static BundleFile content(String name, Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException(file + " is neither file, folder nor link, and cannot be in a bundle");
        }
        long modifiedMs = attributes.lastModifiedTime().toMillis();
        return new BundleFile.Content(name, file, attributes.size(), mode(file), modifiedMs);
    }

    private static String mode(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return permissions.contains(PosixFilePermission.OWNER_EXECUTE) ? "755" : "644";
    }

    private static String checked(String name) throws IOException {
        if (name.chars().anyMatch(c -> c < ' ') || !name.equals(name.strip()) || name.contains("\\")) {
            throw new IOException("the name '" + name + "' cannot be in a bundle: no control characters, no back-slash,"
                    + " no space at its ends");
        }
        return name;
    }
}
