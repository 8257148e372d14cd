/** The {@code muster} command: parses, calls {@code MusterApi}, renders, and turns outcomes into exit codes. */
@NullMarked
package io.muster.cli;

import org.jspecify.annotations.NullMarked;
