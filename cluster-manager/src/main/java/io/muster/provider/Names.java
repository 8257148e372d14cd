package io.muster.provider;

import java.util.regex.Pattern;

/** What clusters and nodes may be called: a label of a host name, so that it is also a folder and a tag everywhere. */
public final class Names {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private Names() {}

    /**
     * Returns the name when it may be one of a cluster or node.
     *
     * @param what what is named, for the message
     * @throws IllegalArgumentException when it has other characters than lower-case letters, digits and inner
     *     hyphens, or more than 63 of them
     */
    public static String checked(String what, String name) {
        if (!LABEL.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " name '" + name
                    + "' cannot be used: take 1 to 63 lower-case letters, digits and hyphens, no hyphen at the ends");
        }
        return name;
    }
}
