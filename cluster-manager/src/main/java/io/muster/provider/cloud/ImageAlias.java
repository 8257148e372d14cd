package io.muster.provider.cloud;

import java.util.Optional;

/** Operating systems that a sizing file may name without knowing the cloud's own name of an image. */
public enum ImageAlias {
    DEBIAN_12("debian-12"),
    UBUNTU_24_04("ubuntu-24.04"),
    ROCKY_9("rocky-9");

    /** Taken when a sizing file names none. */
    public static final String DEFAULT = "debian-12";

    private final String word;

    ImageAlias(String word) {
        this.word = word;
    }

    /** As a sizing file writes it. */
    public String word() {
        return word;
    }

    /** The alias of this word; empty when it is the cloud's own name of an image. */
    public static Optional<ImageAlias> of(String word) {
        for (ImageAlias alias : values()) {
            if (alias.word.equals(word)) {
                return Optional.of(alias);
            }
        }
        return Optional.empty();
    }
}
