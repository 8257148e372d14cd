package io.muster.state;

import io.muster.spec.ClusterName;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job, written {@code heat.3}: the third job that ever ran on a cluster of that name in this store. Safe as a folder
 * and as a word of a shell; jobs of one name sort by age.
 *
 * @param cluster name of the cluster
 * @param number from 1, never used twice for one name
 */
public record JobId(ClusterName cluster, int number) implements Comparable<JobId> {
    private static final Pattern TEXT = Pattern.compile("([a-z][a-z0-9-]*)\\.([1-9][0-9]{0,8})");
    private static final Comparator<JobId> ORDER =
            Comparator.comparing(JobId::cluster).thenComparingInt(JobId::number);

    public JobId {
        if (number < 1) {
            throw new IllegalArgumentException("job number " + number + " of cluster " + cluster);
        }
    }

    /** Reads {@code heat.3}; empty when the text is no job id. */
    public static Optional<JobId> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || !ClusterName.isValid(matcher.group(1))) {
            return Optional.empty();
        }
        return Optional.of(new JobId(new ClusterName(matcher.group(1)), Integer.parseInt(matcher.group(2))));
    }

    @Override
    public int compareTo(JobId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return cluster + "." + number;
    }
}
