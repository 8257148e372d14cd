package io.muster.wireup;

/** What a rank asks its launcher for while it runs; the answer is a {@link LauncherAnswer}. */
public sealed interface LauncherRequest {
    /** Publish a port under a name. */
    record PublishName(String name, String port) implements LauncherRequest {}

    /** Take back a name that this rank has published. */
    record UnpublishName(String name) implements LauncherRequest {}

    /** Tell the port that is published under a name. */
    record LookUpName(String name) implements LauncherRequest {}
}
