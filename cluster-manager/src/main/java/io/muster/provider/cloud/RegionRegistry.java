package io.muster.provider.cloud;

import io.muster.launch.DurableFile;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The places in which this home of Muster has ever made something, one a line. It says where to look first; what
 * exists is known from the tags there. Thread-safe.
 */
final class RegionRegistry {
    private static final ReentrantLock ONE_OF_THIS_PROCESS = new ReentrantLock();

    private final Path file;
    /** Forgotten by this process, which looks there until its end: it has to see that nothing is left. */
    private final Set<Place> forgotten = new LinkedHashSet<>();

    RegionRegistry(Path file) {
        this.file = file;
    }

    synchronized Set<Place> all() {
        Set<Place> places = new LinkedHashSet<>(written());
        places.addAll(forgotten);
        return places;
    }

    private Set<Place> written() {
        if (!Files.isRegularFile(file)) {
            return Set.of();
        }
        try {
            Set<Place> places = new LinkedHashSet<>();
            for (String line : Files.readAllLines(file)) {
                List<String> words = List.of(line.strip().split(" +"));
                if (!words.getFirst().isEmpty()) {
                    places.add(new Place(
                            words.getFirst(),
                            words.size() > 1 ? Optional.of(URI.create(words.get(1))) : Optional.empty()));
                }
            }
            return places;
        } catch (IOException | IllegalArgumentException e) {
            // It only saves asking more regions.
            return Set.of();
        }
    }

    /** Written down before something is made there. */
    synchronized void add(Place place) throws CloudFailure {
        if (written().contains(place)) {
            return;
        }
        try {
            change(places -> places.add(place));
        } catch (IOException e) {
            throw new CloudFailure(
                    CloudFailure.Kind.PERMANENT, "the place cannot be written down in " + file + ": " + e, e);
        }
    }

    /** Nothing of this user is there any more: an endpoint that ends later must not be asked for ever. */
    synchronized void forget(Place place) {
        if (!written().contains(place)) {
            return;
        }
        forgotten.add(place);
        try {
            change(places -> places.remove(place));
        } catch (IOException e) {
            // It is asked once too often then.
            return;
        }
    }

    /** Other processes add and forget places at the same time. */
    private void change(Consumer<Set<Place>> change) throws IOException {
        Files.createDirectories(file.getParent());
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        // A second lock of the same process fails, where one of another process waits.
        ONE_OF_THIS_PROCESS.lock();
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            Set<Place> places = new LinkedHashSet<>(written());
            change.accept(places);
            String text = places.stream().map(RegionRegistry::line).collect(Collectors.joining());
            DurableFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } finally {
            ONE_OF_THIS_PROCESS.unlock();
        }
    }

    private static String line(Place place) {
        return place.region() + place.endpoint().map(uri -> " " + uri).orElse("") + "\n";
    }
}
