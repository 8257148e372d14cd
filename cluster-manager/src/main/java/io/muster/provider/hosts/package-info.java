/**
 * Nodes that are machines which exist, reached with the user's own SSH credentials. A marker folder on each machine is
 * the truth about who has it; files of the manager only say which machines to ask.
 */
@NullMarked
package io.muster.provider.hosts;

import org.jspecify.annotations.NullMarked;
