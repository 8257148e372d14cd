package io.muster.provider.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Removes containers with all that runs in them. */
final class ContainerRemoval {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(100).toNanos();

    private final DockerClient client;
    private final ContainerList containers;

    ContainerRemoval(DockerClient client, ContainerList containers) {
        this.client = client;
        this.containers = containers;
    }

    /** Kills and removes a container; returns when the engine lists it no more, or after a while. */
    void remove(String id) {
        try {
            client.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            return;
        } catch (ConflictException e) {
            // Somebody else is removing it.
            awaitGone(id);
        }
    }

    private void awaitGone(String id) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (System.nanoTime() - deadline < 0
                && containers.all().stream().anyMatch(found -> found.id().equals(id))) {
            LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
        }
    }
}
