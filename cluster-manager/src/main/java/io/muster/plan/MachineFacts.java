package io.muster.plan;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the machine that runs the manager has; local nodes share it.
 *
 * @param cores processors that a process may use
 * @param memoryBytes main memory in bytes
 */
public record MachineFacts(int cores, long memoryBytes) {

    /** Looks at this machine. */
    public static MachineFacts ofThisMachine() {
        long memoryBytes =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return new MachineFacts(Runtime.getRuntime().availableProcessors(), memoryBytes);
    }
}
