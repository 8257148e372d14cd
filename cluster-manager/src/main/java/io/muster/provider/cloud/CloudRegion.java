package io.muster.provider.cloud;

import io.muster.provider.Offer;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The calls to one region of a cloud. Each is tried once: repeating is the caller's part, which is why every call that
 * creates can be made again with the same arguments without a second effect, or is told apart afterwards by the tags
 * of what it made. Every method blocks; all may be called from several threads at once.
 */
public interface CloudRegion extends AutoCloseable {

    /**
     * Instances that carry all of these tags, in whatever state, the terminated ones as long as the cloud shows them.
     */
    List<Instance> instances(Map<String, String> tags) throws CloudFailure;

    /**
     * Makes what the nodes of a cluster need before they start, as far as it is not there: the rules of the network,
     * the key pair, the placement group. Everything carries the tags of the resources.
     */
    ClusterPieces prepare(ClusterResources resources) throws CloudFailure;

    /**
     * The cloud's own name of an image.
     *
     * @param image an alias ({@link ImageAlias}) or the cloud's own name, which is answered as it is
     */
    String image(String image) throws CloudFailure;

    /**
     * Starts one instance, tagged in the call that creates it where the cloud can do that, and answers without waiting
     * until it runs. The same launch again answers the same instance, as far as the cloud can tell.
     */
    String launch(Launch launch) throws CloudFailure;

    /** Adds tags to an instance. */
    void tag(String instance, Map<String, String> tags) throws CloudFailure;

    /** Has instances end with all that is theirs, disks too; does not wait. Those that are gone are fine. */
    void terminate(Collection<String> instances) throws CloudFailure;

    /** What carries all of these tags beside instances, in the order in which it can be removed. */
    List<Piece> pieces(Map<String, String> tags) throws CloudFailure;

    /** Removes one; fine when it is gone. */
    void remove(Piece piece) throws CloudFailure;

    /** The sizes that the region has, as far as it is known. */
    List<Offer> offers() throws CloudFailure;

    /** All places that the same credentials reach, this one among them. */
    List<Place> places() throws CloudFailure;

    @Override
    void close();
}
