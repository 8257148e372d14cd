#!/usr/bin/env bash
# The life of a cluster in a real OpenStack: two servers, an MPI job over both, one of them deleted behind our back,
# a manager killed in the middle of up, gc from another home, up again, down. Every outcome is checked; the first one
# that is wrong ends the script with 1, after what was made is removed.
#
#   OPENSTACK_AIO=../shared/testbeds/openstack-aio.sh distribution/src/test/openstack/end-to-end.sh
#
# OPENSTACK_AIO brings an OpenStack up, prints its login and runs its client; it is taken down at the end if it was not
# up before. Needs the distribution (mvn package); MUSTER names another launcher.
set -euo pipefail

here=$(cd "$(dirname "$0")/../../../.." && pwd)
aio=${OPENSTACK_AIO:-$here/../shared/testbeds/openstack-aio.sh}
muster=${MUSTER:-$here/distribution/target/muster/bin/muster}
program=${PROGRAM:-$here/examples/target/heat.jar}
cluster=e2e$$
temp=$(mktemp -d)
first=$temp/first second=$temp/second
started=$SECONDS
was_up=yes

say() { printf '[%4ds] %s\n' $((SECONDS - started)) "$*"; }
fail() {
  say "WRONG: $*"
  exit 1
}
home() { env MUSTER_HOME="$@"; }
client() { "$aio" exec bash -c ". /root/openrc; export OS_USERNAME=$OS_USERNAME OS_PROJECT_NAME=$OS_PROJECT_NAME; openstack $*"; }
servers() { client "server list -f value -c ID -c Name -c Status" | grep " $cluster-" || true; }
# expect WORDS COMMAND...: it ends with 0 and says these words
expect() {
  local words=$1
  shift
  "$@" > "$temp/out" 2>&1 || fail "$* ended with $?: $(cat "$temp/out")"
  grep -q -- "$words" "$temp/out" || fail "$* did not say \"$words\": $(cat "$temp/out")"
}
nothing_left() {
  local left
  left=$(client "server list -f value; openstack keypair list -f value; openstack security group list -f value -c Name -c Description; openstack server group list -f value" |
    grep -- "$cluster" || true)
  [ -z "$left" ] || fail "left in OpenStack: $left"
}
# Kills the manager without a last word as soon as a server is there.
killed_in_up() {
  local manager count=0
  MUSTER_HOME=$first setsid "$muster" up -y "$temp/spec.yaml" > "$temp/killed" 2>&1 &
  manager=$!
  for _ in $(seq 120); do
    count=$(servers | wc -l)
    [ "$count" -ge 1 ] && break
    kill -0 "$manager" 2> /dev/null || fail "up ended before it was killed: $(cat "$temp/killed")"
    sleep 1
  done
  kill -9 -- "-$manager" 2> /dev/null || true
  wait "$manager" 2> /dev/null || true
  [ "$count" -ge 1 ] || fail "no server came"
  say "manager killed when there were $count servers"
}
clean() {
  local code=$?
  trap - EXIT INT TERM
  if [ -n "${OS_AUTH_URL:-}" ]; then
    home "$first" "$muster" gc --yes --cluster "$cluster" > /dev/null 2>&1 || true
    home "$second" "$muster" gc --yes --cluster "$cluster" > /dev/null 2>&1 || true
  fi
  [ "$was_up" = yes ] || "$aio" down
  rm -rf "$temp"
  exit "$code"
}
trap clean EXIT INT TERM

"$aio" status > /dev/null 2>&1 || was_up=no
"$aio" up > /dev/null
eval "$("$aio" env)"
say "OpenStack answers at $OS_AUTH_URL"

cat > "$temp/spec.yaml" << END
cluster: $cluster
provider: openstack-nova
network: {placement: true}
nodes: {count: 2, cores: 1, memory: 512 MiB, image: debian-12}
limits: {lifetime: 2h}
END

expect "m1.tiny .*chosen" home "$first" "$muster" plan "$temp/spec.yaml"
say "plan: the smallest flavor"

expect "2 of 2 slots ready" home "$first" "$muster" up -y "$temp/spec.yaml"
[ "$(servers | grep -c ACTIVE)" = 2 ] || fail "not two servers: $(servers)"
say "up: two servers"

expect "residual" home "$first" "$muster" run "$cluster" -n 2 -- "$program" --size 32 --steps 50
say "job: over both"

client "server delete --wait $cluster-2" > /dev/null
expect "$cluster-2 .*gone" home "$first" "$muster" status "$cluster"
say "one deleted: status says that it is gone"

expect "0 left" home "$first" "$muster" down "$cluster"
nothing_left
say "down: 0 left"

killed_in_up
expect "instance.* $cluster " home "$second" "$muster" gc --dry-run
for kind in security-group key-pair placement-group; do
  grep -q "$kind .* $cluster " "$temp/out" || fail "gc does not show the $kind: $(cat "$temp/out")"
done
expect "" home "$second" "$muster" gc --yes --cluster "$cluster"
nothing_left
say "gc from another home: 0 left"

killed_in_up
before=$(servers | cut -d' ' -f1)
expect "2 of 2 slots ready" home "$first" "$muster" up -y "$temp/spec.yaml"
for id in $before; do
  servers | grep -q "$id" || fail "up did not adopt $id"
done
[ "$(servers | wc -l)" = 2 ] || fail "not two servers: $(servers)"
say "up again: what the killed manager had made is adopted"

expect "0 left" home "$first" "$muster" down "$cluster"
nothing_left
expect "nothing is left over" home "$first" "$muster" gc --dry-run --cluster "$cluster"
say "down: 0 left. All is right"
