#!/bin/sh
# What a bootstrap of many nodes costs the manager: many-nodes.sh [COUNT…], by default 256 and 1000. Nodes are embedded
# SSH servers on this machine, about 10 MiB of memory each. Ends by itself; leaves nothing.
set -e
cd "$(dirname "$0")/../../.."
# One command, so that one module finds the classes of the other.
mvn -B -q test-compile dependency:build-classpath -pl mpi-runtime,bootstrap -Dmdep.outputFile=target/test.classpath
# Test classes come first, as in the tests.
path=bootstrap/target/test-classes:bootstrap/target/classes:$(cat bootstrap/target/test.classpath)
java=${MUSTER_JAVA:-distribution/target/muster/runtime/bin/java}
[ -x "$java" ] || { echo "no $java: build the distribution, or set MUSTER_JAVA to a Java 25" >&2; exit 1; }
[ $# -gt 0 ] || set -- 256 1000
for count; do
    for delivery in ${DELIVERIES:-FROM_MANAGER NODE_TO_NODE}; do
        timeout 900 "$java" -XX:+UseSerialGC -XX:-UsePerfData -cp "$path" io.muster.bootstrap.many.ManyNodes \
            "$count" "$delivery" "${PAYLOAD_MIB:-1}"
    done
done
