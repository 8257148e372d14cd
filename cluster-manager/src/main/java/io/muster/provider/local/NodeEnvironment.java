package io.muster.provider.local;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The environment of the commands on a local node: nothing of the manager's, and the mark by which they are found.
 *
 * @param user login name
 * @param name name of the node
 * @param mark the node's mark
 * @param process number of the process that is the node
 * @param folder the node's folder
 * @param sharedMemory folder in shared memory of what runs on this node
 */
record NodeEnvironment(String user, String name, String mark, long process, NodeFolder folder, Path sharedMemory) {
    static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";
    /** The process that is the node. */
    static final String PROCESS_VARIABLE = "MUSTER_NODE_PROCESS";

    static final String SHELL = "/bin/sh";

    static String loginName() {
        String user = System.getProperty("user.name", "");
        return user.isBlank() || user.equals("?") ? "muster" : user;
    }

    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("HOME", folder.home().toString());
        variables.put("USER", user);
        variables.put("LOGNAME", user);
        variables.put("SHELL", SHELL);
        variables.put("PATH", PATH);
        variables.put("LANG", "C.UTF-8");
        variables.put("TMPDIR", folder.tmp().toString());
        variables.put("MUSTER_NODE_NAME", name);
        variables.put("MUSTER_SHARED_MEMORY", sharedMemory.toString());
        variables.put(PROCESS_VARIABLE, Long.toString(process));
        variables.put(MarkedProcesses.VARIABLE, mark);
        return variables;
    }
}
