package io.muster.provider;

import java.util.Collection;
import java.util.List;

/** A provider whose account may hold things of this user that nobody remembers, and that cost money. */
public interface Reclaiming {

    /**
     * Everything in the account that carries this user's tag, in all regions that the provider can look into: nodes,
     * and what clusters had beside them. Blocks.
     *
     * @throws ProviderException when it cannot be known what exists
     */
    List<Resource> resources() throws ProviderException;

    /**
     * Removes these resources, nodes before what they use, and looks again. What is gone already is fine. Blocks.
     *
     * @return what is still there of them, with reasons; empty when nothing is left
     */
    List<LeftOver> reclaim(Collection<Resource> resources);
}
