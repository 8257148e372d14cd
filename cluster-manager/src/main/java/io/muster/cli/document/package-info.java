/**
 * The shapes of {@code --output json}: records of plain values, and the writer. A key, once printed, keeps its meaning.
 */
@NullMarked
package io.muster.cli.document;

import org.jspecify.annotations.NullMarked;
