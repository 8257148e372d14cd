package io.muster.provider.cloud.standin;

import java.util.concurrent.ThreadLocalRandom;

/**
 * A network for containers, with 256 addresses that no other test has.
 *
 * @param name of the network at the engine
 * @param prefix of its addresses, such as {@code 10.23.17.}
 */
record LabNetwork(String name, String prefix) {
    private static final int ATTEMPTS = 10;

    /**
     * Makes a network.
     *
     * @param cloud part of its name
     * @param second the second number of its addresses
     * @throws IllegalStateException when the engine refuses several of them
     */
    static LabNetwork create(String cloud, int second) {
        for (int attempt = 1; ; attempt++) {
            int third = ThreadLocalRandom.current().nextInt(16, 200);
            String name = "muster-" + cloud + "-" + ProcessHandle.current().pid() + "-" + third;
            LabNetwork network = new LabNetwork(name, "10." + second + "." + third + ".");
            try {
                Command.run("docker", "network", "create", "--subnet", network.range(), name);
                return network;
            } catch (IllegalStateException e) {
                // Another test may have these addresses.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    String range() {
        return prefix + "0/24";
    }

    void remove() {
        Command.run("docker", "network", "rm", name);
    }
}
