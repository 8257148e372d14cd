package io.muster.provider.cloud.openstack;

import io.muster.provider.cloud.ImageAlias;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the image that a sizing file means may be called in a cloud. */
final class ImageNames {
    private ImageNames() {}

    /** @param wanted an alias, or the name of an image itself */
    static Predicate<String> of(String wanted) {
        return ImageAlias.of(wanted)
                .map(alias -> pattern(alias).asMatchPredicate())
                .orElse(wanted::equals);
    }

    /** What administrators call the images of the makers. */
    private static Pattern pattern(ImageAlias alias) {
        String names = switch (alias) {
            case DEBIAN_12 -> "debian[-_ ]*(gnu/linux[-_ ]*)?(12|bookworm)\\b.*";
            case UBUNTU_24_04 -> "ubuntu[-_ ]*(server[-_ ]*)?(24\\.04|noble)\\b.*";
            case ROCKY_9 -> "rocky[-_ ]*(linux[-_ ]*)?9\\b.*";
        };
        return Pattern.compile(names, Pattern.CASE_INSENSITIVE);
    }
}
