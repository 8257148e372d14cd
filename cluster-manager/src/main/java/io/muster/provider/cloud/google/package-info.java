/**
 * Google Compute Engine through version 1 of its API: machines, firewall rules and a placement policy of one project,
 * found again by labels and descriptions. Settings come from the variables that Google's own libraries and command
 * line read. A node is made by its boot script, which Google's guest environment runs on every public image; that it
 * has run is told by a guest attribute. Not supported: credentials other than the key of a service account, machines
 * for arm64, subnets that another project shares.
 */
@NullMarked
package io.muster.provider.cloud.google;

import org.jspecify.annotations.NullMarked;
