package io.muster.provider;

import java.io.InputStream;

/** A provider that makes the image of its nodes itself, from a base that the user may give. */
public interface BaseImages {
    /**
     * Takes a root file system, a tar archive, as the base from now on, in place of an earlier one; blocks until the
     * provider has all of it.
     *
     * @throws ProviderException when it is no archive, or the provider cannot take it
     */
    void importBase(InputStream rootFileSystem) throws ProviderException;
}
