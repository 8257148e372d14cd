/**
 * What creates, lists and destroys the nodes of a cluster, whatever they are: the contract of all providers, its
 * records, and the files with which the user's own {@code ssh} reaches the nodes. Tags are the truth about what exists.
 */
@NullMarked
package io.muster.provider;

import org.jspecify.annotations.NullMarked;
