/** What a user sees: two streams, terminal or not, colour, tables, progress, errors. Knows nothing of commands. */
@NullMarked
package io.muster.cli.screen;

import org.jspecify.annotations.NullMarked;
