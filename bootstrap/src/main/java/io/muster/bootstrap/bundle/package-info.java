/** What is pushed to a node: a Java runtime image and jars, named by content hash, unpacked by a shell alone. */
@NullMarked
package io.muster.bootstrap.bundle;

import org.jspecify.annotations.NullMarked;
