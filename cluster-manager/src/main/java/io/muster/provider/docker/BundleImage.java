package io.muster.provider.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Image;
import io.muster.bootstrap.bundle.Bundle;
import io.muster.bootstrap.bundle.BundleFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The image of nodes with the bundle as one more layer, so that the bootstrap finds it on every node and sends nothing.
 * Made once for each bundle; those of bundles before that no container needs any more are removed then.
 */
final class BundleImage {
    private static final String LABEL = "muster-bundle";
    private static final int EXECUTABLE = 0755;
    private static final int READABLE = 0644;

    private BundleImage() {}

    /** The image's name; that of the image without the bundle when the engine cannot make it, say on a full disk. */
    static String ensure(DockerClient client, String image, Bundle bundle) {
        String tag = NodeImage.REPOSITORY + ":" + digits(image) + "-" + bundle.hash();
        if (NodeImage.idOf(client, tag).isPresent()) {
            return tag;
        }
        try {
            build(client, image, bundle, tag);
            removeOthers(client, bundle);
            return tag;
        } catch (IOException | DockerException | DockerClientException e) {
            return image;
        }
    }

    private static String digits(String image) {
        String id = image.substring(image.indexOf(':') + 1);
        return id.substring(0, Math.min(12, id.length()));
    }

    private static void build(DockerClient client, String image, Bundle bundle, String tag) throws IOException {
        Path context = Files.createTempFile("muster-image-", ".tar");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(context))) {
                writeContext(out, image, bundle);
            }
            try (InputStream in = Files.newInputStream(context)) {
                client.buildImageCmd()
                        .withTarInputStream(in)
                        .withTags(Set.of(tag))
                        .withLabels(Map.of(LABEL, bundle.hash()))
                        .withForcerm(true)
                        .exec(new BuildImageResultCallback())
                        .awaitImageId();
            }
        } finally {
            Files.deleteIfExists(context);
        }
    }

    private static void writeContext(OutputStream out, String image, Bundle bundle) throws IOException {
        byte[] dockerfile =
                ("FROM " + image + "\nCOPY bundle " + bundle.imagePath() + "\n").getBytes(StandardCharsets.UTF_8);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            TarArchiveEntry recipe = new TarArchiveEntry("Dockerfile");
            recipe.setSize(dockerfile.length);
            recipe.setModTime(0);
            tar.putArchiveEntry(recipe);
            tar.write(dockerfile);
            tar.closeArchiveEntry();
            for (BundleFile file : bundle.files()) {
                write(tar, file);
            }
        }
    }

    private static void write(TarArchiveOutputStream tar, BundleFile file) throws IOException {
        String name = "bundle/" + file.path();
        switch (file) {
            case BundleFile.Folder folder -> {
                tar.putArchiveEntry(new TarArchiveEntry(name + "/"));
                tar.closeArchiveEntry();
            }
            case BundleFile.Link link -> {
                TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
                entry.setLinkName(link.target());
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
            case BundleFile.Content content -> {
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setMode(content.mode().equals("755") ? EXECUTABLE : READABLE);
                entry.setSize(content.sizeBytes());
                entry.setModTime(content.modifiedMs());
                tar.putArchiveEntry(entry);
                Files.copy(content.source(), tar);
                tar.closeArchiveEntry();
            }
        }
    }

    private static void removeOthers(DockerClient client, Bundle bundle) {
        List<Image> carrying = client.listImagesCmd().withLabelFilter(LABEL).exec();
        for (Image image : carrying) {
            Map<String, String> labels = image.getLabels();
            if (labels == null || !bundle.hash().equals(labels.get(LABEL))) {
                try {
                    client.removeImageCmd(image.getId()).exec();
                } catch (DockerException e) {
                    // A container stands on it; the next new bundle tries again.
                }
            }
        }
    }
}
