/**
 * SSH sessions that outlive the command that needed them first, as OpenSSH's ControlMaster keeps them: a process of the
 * user that commands find by a Unix socket, and that ends by itself.
 */
@NullMarked
package io.muster.bootstrap.master;

import org.jspecify.annotations.NullMarked;
