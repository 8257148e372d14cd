package io.muster.provider.cloud;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Connections to one or many places of a cloud, closed after use: a forgotten one keeps the JVM alive. */
final class Connections {
    private final Cloud cloud;
    private final RegionRegistry known;
    private final Retries retries;

    Connections(Cloud cloud, RegionRegistry known, Retries retries) {
        this.cloud = cloud;
        this.known = known;
        this.retries = retries;
    }

    /** What is done in one place. */
    @FunctionalInterface
    interface Work<T> {
        T in(Place place, CloudRegion region) throws CloudFailure, InterruptedException;
    }

    <T> T in(Place place, Work<T> work) throws CloudFailure, InterruptedException {
        try (CloudRegion region = cloud.connect(place)) {
            return work.in(place, region);
        }
    }

    /** The same in many places at once; the answers in the order of the places. */
    <T> List<T> inEach(Set<Place> places, Work<T> work) throws CloudFailure, InterruptedException {
        if (places.size() == 1) {
            return List.of(in(places.iterator().next(), work));
        }
        List<Callable<T>> tasks = new ArrayList<>();
        places.forEach(place -> tasks.add(() -> in(place, work)));
        List<T> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> one : threads.invokeAll(tasks)) {
                answers.add(one.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CloudFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("asking a cloud failed", e);
        }
        return answers;
    }

    /** Where this home has made something, and where the user's settings point. */
    Set<Place> usual() {
        Set<Place> places = new LinkedHashSet<>(known.all());
        cloud.usualPlace().ifPresent(places::add);
        return places;
    }

    /** Everywhere that the credentials reach. */
    Set<Place> everywhere() throws CloudFailure, InterruptedException {
        Set<Place> places = usual();
        if (places.isEmpty()) {
            places.add(cloud.firstPlace());
        }
        Set<Place> all = new LinkedHashSet<>(places);
        inEach(places, (_, region) -> retries.call(region::places)).forEach(all::addAll);
        return all;
    }
}
