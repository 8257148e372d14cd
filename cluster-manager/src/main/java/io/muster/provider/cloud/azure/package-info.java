/**
 * Microsoft Azure through its Resource Manager: one resource group for each cluster, in which everything is. Settings
 * come from the variables that Azure's own libraries read. Not supported: machines for arm64, scale sets, the end of a
 * machine that shuts itself down (Azure keeps and bills it until it is destroyed).
 */
@NullMarked
package io.muster.provider.cloud.azure;

import org.jspecify.annotations.NullMarked;
