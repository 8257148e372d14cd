# $1 hash of the bundle, $2 `keep`, or `replace` when an agent that looks right does not answer, or `again` for the
# command line that it had last, and then no agent is ended; $3 seconds that all of this may take, then the command
# line of the agent, but for `again`. Prints `running PID PORT` or `started PID PORT`.
cd || exit 1
bundles=$(cd .muster/node/bundles && pwd -P) || exit 1
bundle=$1 how=$2 limit=$3
shift 3
end=$(($(date +%s) + limit))
umask 077
d=.muster/node/agent
mkdir -p $d || exit 1
alive() {
    [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null && case $(readlink "/proc/$pid/exe") in
        "$bundles"/*/runtime/bin/java* | /opt/muster/bundles/*/runtime/bin/java*) grep -q io.muster.agent.AgentMain "/proc/$pid/cmdline" ;;
        *) false ;;
    esac
}
gone() {
    n=0
    while alive; do
        n=$((n + 1))
        [ $n -gt 120 ] && return 1
        sleep 0.1
    done
}
if [ "$how" = again ]; then
    [ -s $d/command ] || { echo "no agent ever ran here" >&2; exit 1; }
    set -f
    set -- $(cat $d/command)
fi
pid=$(cat $d/pid 2>/dev/null)
# The agent says its pid as well, in case our file is lost: {"pid": 123, …}
[ -n "$pid" ] || [ ! -f $d/agent.json ] || IFS=' ,' read -r _ pid _ <$d/agent.json
if alive; then
    port=$(cat $d/port 2>/dev/null)
    if [ "$how" != replace ] && [ -n "$port" ] && [ "$(cat $d/command 2>/dev/null)" = "$*" ]; then
        echo "running $pid $port"
        exit 0
    fi
    [ "$how" != again ] || { echo "agent $pid runs, but is not ready" >&2; exit 1; }
    kill "$pid"
    gone || kill -9 "$pid"
    gone || { echo "agent $pid does not die" >&2; exit 1; }
fi
rm -f $d/port $d/pid
echo "$*" >$d/command
# Marks of a machine that existed before, by which all that was started on it is found again.
[ ! -f .muster/node/environment ] || . ./.muster/node/environment
# A session of its own, so that nothing that happens to this one reaches the agent.
trap '' 1
if command -v setsid >/dev/null; then
    setsid "$@" </dev/null >>$d/agent.out 2>&1 &
else
    "$@" </dev/null >>$d/agent.out 2>&1 &
fi
pid=$!
echo $pid >$d/pid
n=0
while [ ! -s $d/port ]; do
    n=$((n + 1))
    if ! kill -0 $pid 2>/dev/null; then
        echo "the agent ended at once:" >&2
        tail -n 20 $d/agent.out $d/agent.log >&2
        exit 1
    fi
    if [ $((n % 20)) -eq 0 ] && [ "$(date +%s)" -ge $end ]; then
        echo "the agent did not say its port in $limit s:" >&2
        tail -n 20 $d/agent.out $d/agent.log >&2
        exit 1
    fi
    sleep 0.05
done
echo "started $pid $(cat $d/port)"
