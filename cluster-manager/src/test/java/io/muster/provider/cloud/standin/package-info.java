/**
 * Clouds for tests: moto answers the API of Amazon EC2, servers of ours those of Azure and Google. Containers stand in
 * for their machines; they have the addresses that the API gave them and obey what they are told at boot.
 */
@NullMarked
package io.muster.provider.cloud.standin;

import org.jspecify.annotations.NullMarked;
