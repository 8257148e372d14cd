#!/usr/bin/env bash
# Measures this runtime and Open MPI in alternating rounds and prints medians of both and their ratio.
#   compare.sh [-n RANKS] [-r ROUNDS] [-t shm|tcp] [-a] [-w SECONDS] [-j OTHER_JAR] [-m PATTERN]
# With -j the other side is an older mpi-runtime jar in place of Open MPI. With -a ranks start from an ahead-of-time
# cache, as they do in the distribution; it is recorded first. With -w each operation runs for so long before it is
# measured. Wants the built jar, mpicc and mpirun.
set -euo pipefail
cd "$(dirname "$0")"
ranks=2 rounds=3 transport=shm other_jar='' pattern=. caches='' warm_up=0
while getopts n:r:t:aw:j:m: option; do
  case $option in
    n) ranks=$OPTARG ;;
    r) rounds=$OPTARG ;;
    t) transport=$OPTARG ;;
    a) caches=yes ;;
    w) warm_up=$OPTARG ;;
    j) other_jar=$OPTARG ;;
    m) pattern=$OPTARG ;;
    *) exit 2 ;;
  esac
done
java=${MUSTER_JAVA:-java}
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
# A copy: a build may replace the jar while ranks run from it.
cp ../../../target/mpi-runtime-0.1.0.jar "$work/ours.jar"

ours() {
  local cache=()
  [ -z "$caches" ] || cache=(--jvm-opt "-XX:AOTCache=$1.aot")
  "$java" -jar "$1" -n "$ranks" --transport "$transport" "${cache[@]}" --cp "$1" io.muster.bench.MpiBench "$warm_up"
}

# Makes the cache of a jar out of what one of two ranks has recorded.
record() {
  "$java" -jar "$1" -n 2 --transport "$transport" --cp "$1" --jvm-opt -XX:AOTMode=record \
    --jvm-opt "-XX:AOTConfiguration=$1.%p" io.muster.bench.MpiBench >/dev/null
  local recorded=("$1".pid*)
  "$java" -XX:+UseSerialGC -XX:AOTMode=create -XX:AOTConfiguration="${recorded[0]}" -XX:AOTCache="$1.aot" \
    -cp "$1:$1" >/dev/null 2>&1
}

open_mpi() {
  local way=(--mca btl self,vader)
  [ "$transport" = shm ] || way=(--mca btl self,tcp)
  OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 mpirun.openmpi --oversubscribe -n "$ranks" "${way[@]}" \
    --mca btl_tcp_if_include lo --mca oob_tcp_if_include lo "$work/bench"
}

if [ -z "$other_jar" ]; then
  mpicc.openmpi -O2 -o "$work/bench" bench.c
else
  cp "$other_jar" "$work/other.jar"
fi
if [ -n "$caches" ]; then
  record "$work/ours.jar"
  [ -z "$other_jar" ] || record "$work/other.jar"
fi
for _ in $(seq "$rounds"); do
  ours "$work/ours.jar" | sed 's/^/ours /' >>"$work/lines"
  if [ -z "$other_jar" ]; then open_mpi; else ours "$work/other.jar"; fi | sed 's/^/other /' >>"$work/lines"
done
awk -v pattern="$pattern" '
  function median(who, key,    n, i, j, t, v) {
    n = count[who, key]
    for (i = 1; i <= n; i++) v[i] = value[who, key, i]
    for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j] < v[j - 1]; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
    return v[int((n + 1) / 2)]
  }
  {
    key = $2 " " $3
    if (!(key in seen)) { seen[key] = 1; order[++keys] = key }
    value[$1, key, ++count[$1, key]] = $4
    if (!(($1, key) in best) || $5 < best[$1, key]) best[$1, key] = $5
  }
  END {
    printf "%-18s %12s %12s %8s %8s\n", "operation bytes", "ours us", "other us", "ratio", "of bests"
    for (k = 1; k <= keys; k++) {
      key = order[k]
      if (key !~ pattern) continue
      a = median("ours", key); b = median("other", key)
      printf "%-18s %12.2f %12.2f %8.2f %8.2f\n", key, a * 1e6, b * 1e6, a / b, best["ours", key] / best["other", key]
    }
  }' "$work/lines"
