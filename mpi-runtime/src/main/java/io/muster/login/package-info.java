/**
 * What a user who has logged in to a node needs to start ranks there with the {@code mpirun} of a library: settings for
 * the shell, and a launch agent in place of {@code ssh}.
 */
@NullMarked
package io.muster.login;

import org.jspecify.annotations.NullMarked;
