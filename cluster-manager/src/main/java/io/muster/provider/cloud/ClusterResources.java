package io.muster.provider.cloud;

import io.muster.spec.CloudSpec;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a cluster needs in a region before its nodes start.
 *
 * @param name name of the pieces, unique for this cluster of this user: the same name finds them again
 * @param where what the sizing file says about the place
 * @param authorizedKey public key that may log in
 * @param sshFrom ranges of addresses that SSH may come from; empty when it comes from inside the network
 * @param tags of everything that is made
 */
public record ClusterResources(
        String name, CloudSpec where, String authorizedKey, List<String> sshFrom, Map<String, String> tags) {
    private static final String PREFIX = "muster";
    /** Not in the names of owners and clusters. */
    private static final String SEPARATOR = ".";

    public ClusterResources {
        sshFrom = List.copyOf(sshFrom);
        tags = Map.copyOf(tags);
    }

    /** The name of what belongs to a cluster of an owner, which can be told apart again. */
    static String nameOf(String owner, String cluster) {
        return PREFIX + SEPARATOR + owner + SEPARATOR + cluster;
    }

    /** The tags that {@link #nameOf} was made of, for what has a name only; empty for other names. */
    public static Map<String, String> tagsOfName(String name) {
        List<String> words = List.of(name.split(Pattern.quote(SEPARATOR), -1));
        return words.size() == 3 && words.getFirst().equals(PREFIX)
                ? NodeTags.ofCluster(words.get(1), words.get(2))
                : Map.of();
    }
}
