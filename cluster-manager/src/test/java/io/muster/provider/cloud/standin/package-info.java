/**
 * Amazon EC2 for tests: moto answers its API, containers stand in for its instances. They have the addresses that it
 * gave them and obey their user data.
 */
@NullMarked
package io.muster.provider.cloud.standin;

import org.jspecify.annotations.NullMarked;
