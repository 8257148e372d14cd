/**
 * OpenStack: servers of Nova, security groups of Neutron. Settings come from where the OpenStack client keeps them.
 * Not supported: floating IPs, spot. Networks must give addresses that the manager or its jump host
 * reaches.
 */
@NullMarked
package io.muster.provider.cloud.openstack;

import org.jspecify.annotations.NullMarked;
