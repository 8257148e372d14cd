package io.muster.embedded;

import io.muster.api.ClusterChange;
import io.muster.api.ClusterStatus;
import io.muster.api.CollectionReport;
import io.muster.api.DownReport;
import io.muster.api.Garbage;
import io.muster.api.JobStatus;
import io.muster.api.MusterApi;
import io.muster.api.MusterException;
import io.muster.api.OutputLine;
import io.muster.api.Progress;
import io.muster.api.SshAccess;
import io.muster.api.Unsaved;
import io.muster.bootstrap.bundle.Bundle;
import io.muster.cluster.ClusterContext;
import io.muster.cluster.ClusterService;
import io.muster.cluster.Installation;
import io.muster.cluster.LinkPool;
import io.muster.cluster.MasterProcess;
import io.muster.cluster.MusterHome;
import io.muster.cluster.Providers;
import io.muster.job.JobService;
import io.muster.plan.ClusterPlan;
import io.muster.provider.NodeProvider;
import io.muster.provider.cloud.Cloud;
import io.muster.provider.cloud.CloudNodeProvider;
import io.muster.provider.cloud.WaitLimits;
import io.muster.provider.cloud.azure.AzureCloud;
import io.muster.provider.cloud.ec2.Ec2Cloud;
import io.muster.provider.cloud.google.GoogleCloud;
import io.muster.provider.cloud.openstack.OpenStackCloud;
import io.muster.provider.docker.DockerNodeProvider;
import io.muster.provider.hosts.HostsNodeProvider;
import io.muster.provider.local.JavaLaunch;
import io.muster.provider.local.LocalNodeProvider;
import io.muster.provider.local.LocalOptions;
import io.muster.spec.ClusterSpec;
import io.muster.spec.JobSpec;
import io.muster.state.Event;
import io.muster.state.StateException;
import io.muster.state.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@link MusterApi} in this process. Holds the state store open until it is closed. */
public final class EmbeddedMuster implements MusterApi {
    private static final int MAX_EVENTS = 100_000;
    /** A look at a cluster is five calls there, and calls are counted. */
    private static final WaitLimits AZURE = WaitLimits.usual().lookingAgainAfter(Duration.ofSeconds(3));

    /** A look asks every machine that has not booted yet, and calls are counted. */
    private static final WaitLimits GOOGLE = WaitLimits.usual().lookingAgainAfter(Duration.ofSeconds(3));

    private final MusterHome home;
    private final StateStore store;
    private final LinkPool links;
    private final ClusterService clusters;
    private final JobService jobs;
    private final Providers providers;

    private EmbeddedMuster(ClusterContext context) {
        this.home = context.home();
        this.store = context.store();
        this.links = context.links();
        this.clusters = new ClusterService(context);
        this.jobs = new JobService(context);
        this.providers = context.providers();
    }

    /** Opens the state in this home with the providers that come with this version. */
    public static EmbeddedMuster open(MusterHome home) {
        return open(home, System.getenv());
    }

    /** The same, with credentials and settings of this environment in place of that of the process. */
    public static EmbeddedMuster open(MusterHome home, Map<String, String> environment) {
        JavaLaunch self = JavaLaunch.ofThisProcess();
        JavaLaunch launch = new JavaLaunch(self.javaExecutable(), self.classPath(), Installation.localNodeOptions());
        String owner = DockerNodeProvider.ownerOf(System.getProperty("user.name"));
        Path user = Path.of(System.getProperty("user.home"));
        return open(
                home,
                MasterProcess.of(home, environment),
                List.of(
                        new LocalNodeProvider(home.local(), launch, LocalOptions.defaults()),
                        HostsNodeProvider.ofUser(home.hosts()),
                        new DockerNodeProvider(owner, EmbeddedMuster::bundle),
                        cloud(home, owner, new Ec2Cloud(environment, user), WaitLimits.usual()),
                        cloud(home, owner, new OpenStackCloud(environment, user), WaitLimits.usual()),
                        cloud(home, owner, new AzureCloud(environment), AZURE),
                        cloud(home, owner, new GoogleCloud(environment), GOOGLE)));
    }

    private static Optional<Bundle> bundle() {
        try {
            Installation installation = Installation.ofThisProcess();
            return Optional.of(Bundle.of(installation.runtimeImage(), installation.nodeJars()));
        } catch (IOException | MusterException e) {
            // The bootstrap says what is wrong with the installation; nodes can be made without.
            return Optional.empty();
        }
    }

    private static NodeProvider cloud(MusterHome home, String owner, Cloud cloud, WaitLimits limits) {
        Path places = home.root().resolve("clouds").resolve(cloud.name());
        return new CloudNodeProvider(cloud, owner, places, limits);
    }

    /** Opens the state in this home with these providers; connections end with it. */
    public static EmbeddedMuster open(MusterHome home, List<NodeProvider> providers) {
        return open(home, Optional.empty(), providers);
    }

    private static EmbeddedMuster open(MusterHome home, Optional<MasterProcess> master, List<NodeProvider> providers) {
        try {
            return new EmbeddedMuster(new ClusterContext(
                    home,
                    StateStore.open(home.state()),
                    new Providers(providers),
                    new LinkPool(master),
                    Installation::ofThisProcess));
        } catch (StateException e) {
            throw new MusterException(
                    MusterException.Kind.INFRASTRUCTURE,
                    "the state store cannot be opened",
                    home.root().toString(),
                    String.valueOf(e.getMessage()),
                    "check that the folder is writable and its disk not full, or set MUSTER_HOME to another one",
                    e);
        }
    }

    @Override
    public ClusterPlan plan(ClusterSpec spec) {
        return onState(() -> clusters.plan(spec));
    }

    @Override
    public ClusterChange change(ClusterSpec spec) {
        return onState(() -> clusters.change(spec));
    }

    @Override
    public ClusterSpec spec(String cluster) {
        return onState(() -> clusters.spec(cluster));
    }

    @Override
    public ClusterStatus up(ClusterSpec spec, Consumer<Progress> progress) {
        return onState(() -> clusters.up(spec, progress));
    }

    @Override
    public ClusterStatus status(String cluster) {
        return onState(() -> clusters.status(cluster));
    }

    @Override
    public List<ClusterStatus> clusters() {
        return onState(() -> clusters.clusters());
    }

    @Override
    public DownReport down(String cluster, Unsaved unsaved, Consumer<Progress> progress) {
        return onState(() -> clusters.down(cluster, progress, () -> jobs.settle(cluster, unsaved, progress)));
    }

    @Override
    public List<Garbage> garbage() {
        return onState(clusters::garbage);
    }

    @Override
    public CollectionReport collectGarbage(List<Garbage> garbage) {
        return onState(() -> clusters.collectGarbage(garbage));
    }

    @Override
    public JobStatus submit(String cluster, JobSpec spec, Path folder, Consumer<Progress> progress) {
        return onState(() -> jobs.submit(cluster, spec, folder, progress));
    }

    @Override
    public JobStatus job(String jobId) {
        return onState(() -> jobs.job(jobId));
    }

    @Override
    public List<JobStatus> jobs(Optional<String> cluster) {
        return onState(() -> jobs.jobs(cluster));
    }

    @Override
    public JobStatus logs(String jobId, Follow follow, Consumer<OutputLine> lines) {
        return onState(() -> jobs.logs(jobId, follow, lines));
    }

    @Override
    public JobStatus cancel(String jobId) {
        return onState(() -> jobs.cancel(jobId));
    }

    @Override
    public List<Path> collect(String jobId, Consumer<Progress> progress) {
        return onState(() -> jobs.collect(jobId, progress));
    }

    @Override
    public void importImage(String provider, Path rootFileSystem) {
        providers.importBase(provider, rootFileSystem);
    }

    @Override
    public List<Event> events(String cluster) {
        List<Event> events = onState(() -> store.events().ofName(ClusterContext.nameOf(cluster), 0, MAX_EVENTS));
        if (events.isEmpty()) {
            throw new MusterException(
                    MusterException.Kind.NOT_FOUND,
                    "there was never a cluster " + cluster,
                    "cluster " + cluster,
                    "no event in the state store",
                    "muster status lists the clusters that there are");
        }
        return events;
    }

    @Override
    public SshAccess ssh(String cluster, Optional<String> node) {
        return onState(() -> clusters.ssh(cluster, node));
    }

    /** A state store that fails is no bug, whichever call meets it. */
    private <T> T onState(Supplier<T> call) {
        try {
            return call.get();
        } catch (StateException e) {
            throw new MusterException(
                    MusterException.Kind.INFRASTRUCTURE,
                    "the state store cannot be used",
                    home.root().toString(),
                    String.valueOf(e.getMessage()),
                    "check that the folder is writable and its disk not full, then run the same command again",
                    e);
        }
    }

    @Override
    public void close() {
        links.close();
        store.close();
    }
}
