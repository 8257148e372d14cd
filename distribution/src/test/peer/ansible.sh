#!/bin/sh
# Bootstraps the same containers by `muster up` and by Ansible, in turn: ansible.sh [NODES [ROUNDS]], by default 8 and 3.
# Needs a Docker Engine, python3 with venv, PyPI, and the built distribution. Ansible's containers have Python, which it
# needs; Muster's have not. Times are of the bootstrap alone: the containers run already, SSH not yet. Leaves nothing but
# the image muster-peer-ansible and, in ANSIBLE_VENV if that is set, the virtual environment.
set -e
nodes=${1:-8} rounds=${2:-3}
here=$(cd "$(dirname "$0")" && pwd)
dist=$(cd "$here/../../../target/muster" && pwd)
work=$(mktemp -d)
export MUSTER_HOME="$work/home"
prefix=muster-peer-$$
clean() {
    "$dist/bin/muster" down peer >/dev/null 2>&1 || true
    docker ps -aq --filter "name=$prefix" | xargs -r docker rm -f >/dev/null
    docker network rm "$prefix" >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM
venv=${ANSIBLE_VENV:-$work/venv}
[ -x "$venv/bin/ansible-playbook" ] || { python3 -m venv "$venv" && "$venv/bin/pip" install -q ansible-core; }
cat >"$work/peer.yaml" <<YAML
cluster: peer
provider: docker
nodes:
  count: $nodes
  slots: 1
  memory: 1 GiB
YAML
now() { date +%s.%N; }
since() { echo "$(now) $1" | awk '{printf "%.2f", $1 - $2}'; }
median() { sort -n | awk '{v[NR] = $1} END {print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'; }

by_muster() {
    "$dist/bin/muster" up "$work/peer.yaml" 2>"$work/up.err" >/dev/null || { cat "$work/up.err" >&2; exit 1; }
    grep -E 'provision|bootstrap' "$work/up.err" | sed 's/^/  /'
    sed -n 's/.*bootstrap *\([0-9.]*\) s .*/\1/p' "$work/up.err" >>"$work/muster.times"
    [ -d "$work/keys" ] || cp -r "$MUSTER_HOME/clusters/peer/keys" "$work/keys"
    [ -n "$image" ] || image=$(docker ps --filter label=muster-cluster=peer --format '{{.Image}}' | head -1)
    "$dist/bin/muster" down peer >/dev/null 2>&1
}

# Containers as Muster's provider makes them, with Python.
prepare() {
    docker image inspect muster-peer-ansible >/dev/null 2>&1 || docker build -q -t muster-peer-ansible - >/dev/null <<DOCKER
FROM $image
RUN apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*
DOCKER
    # The same files; compressed, as Ansible's unarchive takes them best.
    tar -C "$dist" -cf - runtime lib/mpi-runtime-0.1.0.jar | gzip -1 >"$work/bundle.tar.gz"
    cat >"$work/ansible.cfg" <<CFG
[defaults]
forks = $nodes
interpreter_python = /usr/bin/python3
[ssh_connection]
pipelining = True
ssh_args = -o ControlMaster=auto -o ControlPersist=60s -o UserKnownHostsFile=$work/known_hosts -o StrictHostKeyChecking=yes
CFG
}

by_ansible() {
    docker network create "$prefix" >/dev/null
    : >"$work/known_hosts"
    : >"$work/inventory"
    i=1
    while [ $i -le "$nodes" ]; do
        id=$(docker create --init --name "$prefix-$i" --hostname "peer-$i" --network "$prefix" --memory 1g --shm-size 256m \
            -p 127.0.0.1::22 muster-peer-ansible)
        mkdir -p "$work/etc"
        cp "$work/keys/peer-${i}_host_ed25519" "$work/etc/ssh_host_key"
        cp "$work/keys/id_ed25519.pub" "$work/etc/authorized_keys"
        chmod 600 "$work/etc"/*
        tar -C "$work/etc" --owner=0 --group=0 -cf - . | docker cp -q - "$id:/etc/muster"
        docker start "$id" >/dev/null
        port=$(docker port "$id" 22/tcp | head -1 | sed 's/.*://')
        address=$(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$id")
        key=$(cut -d' ' -f1,2 "$work/keys/peer-${i}_host_ed25519.pub")
        echo "[127.0.0.1]:$port $key" >>"$work/known_hosts"
        echo "peer-$i ansible_host=127.0.0.1 ansible_port=$port ansible_user=root address=$address hostkey='$key'" \
            >>"$work/inventory"
        i=$((i + 1))
    done
    start=$(now)
    ANSIBLE_CONFIG="$work/ansible.cfg" ANSIBLE_HOME="$work/ansible" "$venv/bin/ansible-playbook" -i "$work/inventory" \
        --private-key "$work/keys/id_ed25519" -e "keys=$work/keys bundle=$work/bundle.tar.gz hash=peer" \
        "$here/ansible/bootstrap.yml" >"$work/ansible.out" 2>&1 || { tail -40 "$work/ansible.out" >&2; exit 1; }
    took=$(since "$start")
    echo "  ansible    $took s"
    echo "$took" >>"$work/ansible.times"
    docker ps -aq --filter "name=$prefix" | xargs -r docker rm -f >/dev/null
    docker network rm "$prefix" >/dev/null
}

image=
round=1
while [ "$round" -le "$rounds" ]; do
    echo "round $round"
    by_muster
    [ "$round" -gt 1 ] || prepare
    by_ansible
    round=$((round + 1))
done
m=$(median <"$work/muster.times")
a=$(median <"$work/ansible.times")
echo "$nodes nodes, medians of $rounds: muster $m s, ansible $a s, ratio $(echo "$m $a" | awk '{printf "%.2f", $1 / $2}')"
