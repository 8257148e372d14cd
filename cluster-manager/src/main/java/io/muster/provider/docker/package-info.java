/**
 * Nodes as containers of a Docker Engine, local or remote. The only package that imports the Docker client. Labels of
 * containers and networks are the truth about what exists.
 */
@NullMarked
package io.muster.provider.docker;

import org.jspecify.annotations.NullMarked;
