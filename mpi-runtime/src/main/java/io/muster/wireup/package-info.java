/** How the ranks of a job find and trust each other: every rank reports to the launcher, every rank gets the table. */
@NullMarked
package io.muster.wireup;

import org.jspecify.annotations.NullMarked;
