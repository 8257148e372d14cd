#!/bin/sh
# What a bootstrap of many nodes costs the manager: many-nodes.sh [COUNT…], by default 256 and 1000. Nodes are embedded
# SSH servers on this machine, about 10 MiB of memory each. Ends by itself; leaves nothing.
set -e
cd "$(dirname "$0")/../../.."
mvn -B -q test-compile -pl mpi-runtime,bootstrap
mvn -B -q dependency:build-classpath -pl mpi-runtime,bootstrap -Dmdep.outputFile=target/test.classpath >/dev/null
# The reactor's own classes come first; test classes of bootstrap before all, as in its tests.
path=bootstrap/target/test-classes:bootstrap/target/classes:mpi-runtime/target/classes:$(cat bootstrap/target/test.classpath)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
[ $# -gt 0 ] || set -- 256 1000
for count; do
    for delivery in ${DELIVERIES:-FROM_MANAGER NODE_TO_NODE}; do
        timeout 900 "$java" -XX:+UseSerialGC -XX:-UsePerfData -cp "$path" io.muster.bootstrap.many.ManyNodes \
            "$count" "$delivery" "${PAYLOAD_MIB:-1}"
    done
done
