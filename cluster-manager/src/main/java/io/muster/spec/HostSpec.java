package io.muster.spec;

import java.util.Optional;
import java.util.OptionalInt;

/** A host. */
public record HostSpec(
        String address,
        Optional<String> user,
        OptionalInt port,
        Optional<String> key,
        Optional<String> jump,
        OptionalInt slots) {}
