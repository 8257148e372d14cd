/**
 * Nodes as processes of this machine, each with an embedded SSH server on loopback, a home folder and a guardian: the
 * provider that needs no root, no sshd, no container engine. Apache MINA SSHD is used here and nowhere else.
 */
@NullMarked
package io.muster.provider.local;

import org.jspecify.annotations.NullMarked;
