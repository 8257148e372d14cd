package io.muster.provider.cloud;

import io.muster.spec.CloudSpec;
import java.util.Optional;

/**
 * One kind of cloud: all that {@link CloudNodeProvider} needs to know of it. Implementations keep no state of their
 * own about what exists. Thread-safe.
 */
public interface Cloud {

    /** The word after {@code provider:} in a sizing file. */
    String name();

    /** Whether credentials are where people keep them. Reads files and environment at most. */
    boolean isSetUp();

    /**
     * The place that a sizing file means; what it leaves out comes from the user's settings of this cloud.
     *
     * @throws CloudFailure when it cannot be told, with the variable or file to set
     */
    Place place(CloudSpec where) throws CloudFailure;

    /** The place that the user's settings name. Does not ask the cloud. */
    Optional<Place> usualPlace();

    /**
     * Where to begin when nothing says where to look: the settings' place, or one that knows the others. Does not ask
     * the cloud.
     *
     * @throws CloudFailure when there is none, with the variable or file to set
     */
    default Place firstPlace() throws CloudFailure {
        return place(CloudSpec.NONE);
    }

    /**
     * A connection to one place. Blocks little; what is wrong with the credentials may show only later.
     *
     * @throws CloudFailure when credentials are missing, with the variable or file to set
     */
    CloudRegion connect(Place place) throws CloudFailure;
}
